namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>Binds the parameter whose arrival calls the function.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public abstract class TriggerBindingAttribute : BindingAttribute;
