namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Has requests over HTTP answered by ASP.NET Core.</summary>
public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    /// <summary>Does so. Here nobody asks.</summary>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder) => builder;
}
