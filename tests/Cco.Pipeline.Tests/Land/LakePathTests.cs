using Cco.Pipeline.Land;

namespace Cco.Pipeline.Tests.Land;

public sealed class LakePathTests
{
    [Theory]
    [InlineData("../etc/passwd")]
    [InlineData("landing/../../x")]
    [InlineData("/etc/passwd")]
    [InlineData("landing//x")]
    [InlineData("landing\\x")]
    [InlineData("c:/x")]
    [InlineData("landing/./x")]
    [InlineData("landing/a\nb")]
    [InlineData("")]
    public void A_path_cannot_leave_the_lake(string path) => Assert.Throws<ArgumentException>(() => new LakePath(path));
}
