using Cco.Pipeline.Runs;

namespace Cco.Pipeline.Tests.Runs;

public sealed class ForgetRequestTests
{
    [Theory]
    [InlineData("cus1")]
    [InlineData("12345678")]
    public void An_id_that_stands_in_other_words_or_amounts_is_refused(string id)
    {
        var exception = Assert.Throws<ArgumentException>(() => new ForgetRequest([], [id]));

        Assert.Contains("--email", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cus_1")]
    [InlineData("123456789")]
    public void A_longer_one_is_taken(string id) => Assert.Equal([id], new ForgetRequest([], [id]).Customers);

    [Theory]
    [InlineData("ada")]
    [InlineData("Ada <ada@acme.example>")]
    public void What_is_no_address_is_refused(string address) => Assert.Throws<ArgumentException>(() => new ForgetRequest([address], []));
}
