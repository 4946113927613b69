namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>Binds something outside to a function.</summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class BindingAttribute : Attribute;
