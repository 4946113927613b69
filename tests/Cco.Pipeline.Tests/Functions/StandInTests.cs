using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Cco.Pipeline.Tests.Functions;

public sealed class StandInTests
{
    private const string StandIn = "FunctionsWorker.StandIn";

    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void The_stand_in_declares_what_the_worker_packages_declare()
    {
        Assert.SkipWhen(
            typeof(FunctionAttribute).Assembly.GetName().Name == StandIn,
            "The package source has no Azure Functions worker packages to compare with. This runs where it has: wherever ./cco prints that the app is built with them.");

        var ours = Surface([Path.Combine(AppContext.BaseDirectory, $"{StandIn}.dll")]).ToList();
        var theirs = Surface(Directory.EnumerateFiles(AppContext.BaseDirectory, "Microsoft.Azure.Functions.Worker*.dll"));

        Assert.NotEmpty(ours);
        Assert.Empty(ours.Except(theirs, StringComparer.Ordinal));
    }

    private static IEnumerable<string> Surface(IEnumerable<string> files) =>
        files.SelectMany(file => Assembly.LoadFrom(file).GetExportedTypes()).SelectMany(type => Members(type).Prepend(Kind(type)));

    private static string Kind(Type type) => $"{type}: {type.BaseType}, abstract {type.IsAbstract}, sealed {type.IsSealed}, on {type.GetCustomAttribute<AttributeUsageAttribute>()?.ValidOn}";

    private static IEnumerable<string> Members(Type type) => type.IsEnum
        ? Enum.GetValuesAsUnderlyingType(type).Cast<object>().Select(value => $"{type}.{Enum.GetName(type, value)} = {value}")
        : type.GetMembers(Declared).Where(member => member.MemberType != MemberTypes.Property).Select(member => $"{type}: {member}");
}
