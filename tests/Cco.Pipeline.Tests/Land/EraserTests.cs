using Cco.Pipeline.Land;

namespace Cco.Pipeline.Tests.Land;

public sealed class EraserTests
{
    private static readonly KeyedHash Hash = new("0123456789abcdef0123456789abcdef");
    private static readonly string Ada = $"forgotten-{Eraser.OfEmail(Hash, "ada@acme.example")[..16]}@acme.example";
    private static readonly string Customer = $"forgotten-{Eraser.OfId(Hash, "cus_ada1")[..16]}";

    private readonly Eraser eraser = new(Hash, [new Erasure("", default, null, "", [Eraser.OfEmail(Hash, "ada@acme.example")], [Eraser.OfId(Hash, "cus_ada1")], Hash.Check, [])]);

    [Theory]
    [InlineData("ada@acme.example")]
    [InlineData("ADA@Acme.example")]
    [InlineData("ada%40acme.example")]
    public void An_address_becomes_a_pseudonym_of_the_same_company(string address) => Assert.Equal(Ada, eraser.Text(address));

    [Theory]
    [InlineData("nada@acme.example")]
    [InlineData("x.ada@acme.example")]
    [InlineData("ada@acme.example.org")]
    [InlineData("cus_ada12")]
    [InlineData("acus_ada1")]
    public void Whoever_has_a_similar_address_or_id_keeps_it(string text) => Assert.Same(text, eraser.Text(text));

    [Theory]
    [InlineData("Mail <ada@acme.example>, please.", "Mail <{0}>, please.")]
    [InlineData("'ada@acme.example'.", "'{0}'.")]
    [InlineData("mailto:ada@acme.example?subject=x", "mailto:{0}?subject=x")]
    [InlineData("ada@acme.example.csv.gz", "{0}.csv.gz")]
    [InlineData("file:cus_ada1|7", "file:{1}|7")]
    [InlineData("https://shop.example/customers/cus_ada1.", "https://shop.example/customers/{1}.")]
    public void They_are_found_within_texts(string text, string expected) =>
        Assert.Equal(string.Format(System.Globalization.CultureInfo.InvariantCulture, expected, Ada, Customer), eraser.Text(text));

    [Fact]
    public void Beside_an_address_what_tells_who_someone_is_goes_and_the_rest_stays_as_it_was()
    {
        var erased = eraser.Json("""{"id":7,"score":9.50,"Email":"ada\u0040acme.example","First Name":"Ada","comment":"I am ada@acme.example","phone":491,"plan":{"name":"Pro"},"tags":["ada@acme.example","x"]}""");

        Assert.Equal($$$"""{"id":7,"score":9.50,"Email":"{{{Ada}}}","First Name":"forgotten","comment":"forgotten","phone":"forgotten","plan":{"name":"Pro"},"tags":["{{{Ada}}}","x"]}""", erased);
        Assert.Same(erased, eraser.Json(erased));
    }

    [Fact]
    public void Of_what_a_customer_has_the_id_alone_goes() => Assert.Equal(
        $$"""{"customer":"{{Customer}}","name":"Kick-off"}""", eraser.Json("""{"customer":"cus_ada1","name":"Kick-off"}"""));

    [Fact]
    public void The_addresses_of_a_customer_are_those_beside_its_id() => Assert.Equal(
        ["ada@other.example"],
        eraser.AddressesBeside("""{"data":{"customer_id":"cus_ada1","email":"ada@other.example","owner_email":"eve@us.example"},"email":"bob@other.example"}"""));

    [Fact]
    public void Hashes_are_those_of_RFC_2104_with_SHA_256() => Assert.Equal(
        Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData("key"u8, "email:ada@acme.example"u8)), Eraser.OfEmail(new KeyedHash("key"), "Ada@acme.example"));
}
