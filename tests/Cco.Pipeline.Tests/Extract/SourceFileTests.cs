using Cco.Pipeline.Extract;

namespace Cco.Pipeline.Tests.Extract;

public sealed class SourceFileTests
{
    private const string Sound =
        """
        source: shop
        title: Shop
        kind: other
        documentation: https://example.com
        setup: [Ask.]
        secrets: { key: The key. }
        base_url: https://example.com
        authentication: { kind: bearer, secret: key }
        test: { path: /ping }
        streams:
          order:
            description: An order.
            path: /orders
            id: [id]
            paging: { kind: none }
        """;

    [Fact]
    public void A_sound_description_is_read() => Assert.Equal("/orders", SourceFile.Parse("shop.yaml", Sound).Streams["order"].Path);

    [Theory]
    [InlineData("title: Shop", "titel: Shop", "line 2: Property 'titel' not found")]
    [InlineData("title: Shop\n", "", "title")]
    [InlineData("kind: other", "kind: others", "line 3: ")]
    [InlineData("source: shop", "source: store", "line 1: source: expected 'shop', the name of the file.")]
    [InlineData("setup: [Ask.]", "setup: []", "line 5: setup: say in a line or more")]
    [InlineData("https://example.com\nauthentication", "https://{region}.example.com\nauthentication", "line 7: base_url: '{region}' is neither a setting")]
    [InlineData("secret: key }", "secret: kee }", "line 8: authentication: there is no secret 'kee'")]
    [InlineData("{ kind: bearer, secret: key }", "{ kind: basic }", "line 8: authentication: Basic needs 'user'.")]
    [InlineData("{ kind: bearer, secret: key }", "{ kind: oauth_refresh_token, client_id: x }", "OauthRefreshToken needs 'token_url'.")]
    [InlineData("path: /orders", "path: /orders/{id}", "line 13: streams/order/path: '{id}' is neither")]
    [InlineData("path: /orders", "path: /orders\n    body: { a: 1 }", "line 14: streams/order/body: a body needs method: post.")]
    [InlineData("path: /orders", "path: /orders\n    query: { a: { setting: b } }", "there is no setting 'b'")]
    [InlineData("path: /orders", "path: /orders\n    query: { a: { window: start } }", "line 14: expected a text, { setting: name }")]
    [InlineData("path: /orders", "path: /orders\n    query: { a: { window: from } }", "{ window: ... } needs 'incremental'.")]
    [InlineData("path: /orders", "path: /orders\n    incremental: { kind: windows }", "line 14: streams/order/incremental: windows need { window: from }")]
    [InlineData("path: /orders", "path: /orders\n    incremental: { kind: cursor }", "a kept cursor needs 'token'")]
    [InlineData("path: /orders", "path: /orders\n    parent: { stream: shop, fields: { id: id } }", "line 14: streams/order/parent: there is no stream 'shop'")]
    [InlineData("path: /orders", "path: /orders\n    parent: { stream: shop, fields: { id: id }, lands_others: true }", "streams/order/parent/lands_others: it needs 'only'")]
    [InlineData("id: [id]", "id: [parent/shop]", "streams/order: the parent gives no field 'shop': list it in parent/fields.")]
    [InlineData("id: [id]", "id: [id]\n    updated_at: parent/at", "streams/order: the parent gives no field 'at': list it in parent/fields.")]
    [InlineData("id: [id]", "id: []", "line 14: streams/order/id: name the field")]
    [InlineData("{ kind: none }", "{ kind: cursor, parameter: a }", "line 15: streams/order/paging: Cursor needs 'token'")]
    [InlineData("{ kind: none }", "{ kind: offset, parameter: a, size: 5 }", "Offset needs 'stop'")]
    [InlineData("{ kind: none }", "{ kind: keyset, parameter: a, stop: empty_page }", "keyset needs 'field'")]
    [InlineData("{ kind: none }", "{ kind: page, parameter: a, stop: flag }", "stop: flag needs 'more' or 'last'")]
    [InlineData("{ kind: none }", "{ kind: page, parameter: a, stop: total }", "stop: total needs 'total'")]
    [InlineData("kind: other", "kind: other\nengine: soql", "streams/order/path: with engine: soql it is that of an object, such as /sobjects/Account.")]
    [InlineData("kind: other", "kind: other\nengine: soql", "streams/order/incremental: engine: soql reads by windows of updated_at")]
    [InlineData(
        "test: { path: /ping }\nstreams:\n  order:\n    description: An order.\n    path: /orders",
        "engine: soql\ntest: { path: /ping }\nstreams:\n  order:\n    description: An order.\n    path: /sobjects/Order\n    updated_at: At\n    incremental: { lag: 00:01:00 }\n    query: { a: b }",
        "streams/order: with engine: soql there is no query")]
    [InlineData("  order:\n", "  Order:\n", "line 11: streams/Order: a stream's name has lower-case letters")]
    public void What_is_wrong_is_said_with_file_line_and_field(string sound, string wrong, string says)
    {
        var text = Sound.Replace(sound, wrong, StringComparison.Ordinal);
        Assert.NotEqual(Sound, text);

        var error = Assert.Throws<FormatException>(() => SourceFile.Parse("shop.yaml", text));

        Assert.StartsWith("shop.yaml, line ", error.Message, StringComparison.Ordinal);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_wrong_is_said_at_once()
    {
        var text = Sound.Replace("setup: [Ask.]", "setup: []", StringComparison.Ordinal).Replace("id: [id]", "id: []", StringComparison.Ordinal);

        Assert.Equal(2, Assert.Throws<FormatException>(() => SourceFile.Parse("shop.yaml", text)).Message.Split('\n').Length);
    }

    [Fact]
    public void Every_delivered_source_is_sound() =>
        Assert.NotEmpty(new SourceRegistry([SourceRegistry.Delivered], [], new ExtractOptions(), TimeProvider.System).All());

    [Fact]
    public void A_source_that_nobody_describes_is_an_error() => Assert.Contains(
        "Sources:nobody: there is no such source",
        Assert.Throws<FormatException>(() => new SourceRegistry([], new SourcesOptions { ["nobody"] = new() }, new ExtractOptions(), TimeProvider.System)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void The_published_schema_is_that_of_the_types() =>
        Assert.Equal(SourceSchema.Text(), Repository.Text("functions/Cco.Pipeline/Extract/Vendors/source.schema.json"));
}
