namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Begins an app.</summary>
public class FunctionsApplication
{
    /// <summary>The builder of an app.</summary>
    /// <param name="args">The arguments the app was started with.</param>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}
