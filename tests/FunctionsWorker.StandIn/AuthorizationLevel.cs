namespace Microsoft.Azure.Functions.Worker;

/// <summary>The key that a request must have.</summary>
public enum AuthorizationLevel
{
    /// <summary>None.</summary>
    Anonymous,

    /// <summary>That of a signed-in user.</summary>
    User,

    /// <summary>One of the function, or of the app.</summary>
    Function,

    /// <summary>One of the platform.</summary>
    System,

    /// <summary>The master key.</summary>
    Admin,
}
