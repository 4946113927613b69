using Cco.Pipeline.Intake;

namespace Cco.Pipeline.Tests.Intake;

public sealed class RecordIdentityTests
{
    [Fact]
    public async Task The_values_of_several_columns_make_one_id_that_no_other_values_make()
    {
        var table = Drop.Table(new LandingColumns(recordId: ["a", "b"]));

        var drop = await Drop.ReadAsync("a;b\nx;y\nx|y;z\nx;y|z\nx\\;|y\n", table);

        Assert.Equal(["x|y", @"x\|y|z", @"x|y\|z", @"x\\|\|y"], drop.Records.Select(record => record.RecordId));
    }

    [Fact]
    public async Task A_record_without_an_id_is_rejected_with_its_column()
    {
        var drop = await Drop.ReadAsync("id,name\n,a\n\"  \",b\n3,c\n", Drop.Customers);

        Assert.Equal("3", Assert.Single(drop.Records).RecordId);
        Assert.Equal(
            [
                new RejectedRow(2, "id", "", "The record has no value in 'id', which is part of its id."),
                new RejectedRow(3, "id", "  ", "The record has no value in 'id', which is part of its id."),
            ],
            drop.Rejected);
    }

    [Fact]
    public async Task A_record_that_names_itself_has_one_id_wherever_it_stands()
    {
        var first = await Drop.ReadAsync("a,b\n1,2\n3,4\n");
        var second = await Drop.ReadAsync("a,b\n3,4\n");

        Assert.Equal(first.Records[1].RecordId, second.Records[0].RecordId);
        Assert.NotEqual(first.Records[0].RecordId, first.Records[1].RecordId);
        Assert.Matches("^[0-9a-f]{24}$", second.Records[0].RecordId);
    }

    [Theory]
    [InlineData("2026-03-01", "2026-03-01T00:00:00Z")]
    [InlineData("2026-03-01T10:20:30Z", "2026-03-01T10:20:30Z")]
    [InlineData("2026-03-01T10:20:30.123456+02:00", "2026-03-01T08:20:30.123456Z")]
    [InlineData("2026-03-01 10:20:30", "2026-03-01T10:20:30Z")]
    [InlineData("2026-03-01 10:20:30+01", "2026-03-01T09:20:30Z")]
    [InlineData(" 2026-03-01T10:20 ", "2026-03-01T10:20:00Z")]
    [InlineData("2026-03-01T10:20:30.123456789Z", "2026-03-01T10:20:30.1234568Z")]
    public void Instants_are_ISO_8601_and_in_UTC_where_they_have_no_offset(string text, string expected)
    {
        Assert.True(RecordIdentity.TryReadInstant(text, out var instant));

        Assert.Equal((DateTimeOffset.Parse(expected, null), TimeSpan.Zero), (instant, instant.Offset));
    }

    [Theory]
    [InlineData("31.12.2025")]
    [InlineData("12/31/2025")]
    [InlineData("2026-02-30")]
    [InlineData("2026-03-01T25:00:00Z")]
    [InlineData("1767225600")]
    [InlineData("2026-03-01 5pm")]
    [InlineData("2026")]
    [InlineData("0001-01-01T00:00:00+05:00")]
    public async Task Anything_else_as_time_of_change_rejects_the_row(string text)
    {
        var drop = await Drop.ReadAsync($"id,updated_at\n1,{text}\n2,2026-03-01\n");

        Assert.Single(drop.Records);
        var row = Assert.Single(drop.Rejected);
        Assert.Equal((2L, "updated_at", text), (row.Position, row.Column, row.Value));
        Assert.Contains("ISO 8601", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_time_of_change_is_the_time_of_reading()
    {
        var drop = await Drop.ReadAsync("id,updated_at\n1,\n2,2026-03-01\n");

        Assert.Equal([Drop.ReadAt, new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)], drop.Records.Select(record => record.UpdatedAt));
    }
}
