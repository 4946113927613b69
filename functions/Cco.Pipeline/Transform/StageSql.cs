using System.Globalization;

namespace Cco.Pipeline.Transform;

/// <summary>
/// The SQL that types one raw file. A staging model may leave a column as text: here it is cast to the contract's type, and a row whose
/// text will not cast, or that breaks the contract, carries its rejections and is quarantined instead of used.
/// </summary>
internal static class StageSql
{
    /// <summary>How rows are kept that are read a few times, by models: without dictionaries, which take a fourth of the time of writing to save a sixth of the bytes.</summary>
    public const string Format = "format parquet, dictionary_size_limit 1";

    /// <summary>The relation a staging model reads: the records of one raw file and where each came from.</summary>
    /// <param name="file">The raw file.</param>
    /// <param name="localFile">Its path on this machine.</param>
    /// <param name="origin">What it was read from, such as the name of a dropped file; a file that holds several says it of each record.</param>
    public static string RawView(RawFile file, string localFile, string origin) =>
        $$"""
        create or replace view raw.{{Sql.Name(file.Stream.Relation)}} as
        select
            {
                'stream': {{Sql.Text(file.Stream.ToString())}},
                'file': {{(file.Holds.Count > 1 ? "\"file\"" : Sql.Text(origin))}},
                'raw_file': {{(file.Holds.Count > 1 ? "raw_file" : Sql.Text(file.Holds[0].Path))}},
                'position': position,
                'record_id': record_id,
                'updated_at': updated_at,
                'extracted_at': extracted_at,
                'run_id': run_id,
                'is_deleted': is_deleted
            } as origin,
            payload
        from {{Sql.Parquet([localFile])}}
        """;

    /// <summary>The raw relation of a stream of which nothing has landed.</summary>
    public static string EmptyRawView(string relation) =>
        $"""
        create or replace view raw.{Sql.Name(relation)} as
        select
            null::struct(stream varchar, "file" varchar, raw_file varchar, "position" bigint, record_id varchar, updated_at timestamp,
                extracted_at timestamp, run_id varchar, is_deleted boolean) as origin,
            null::varchar as payload
        where false
        """;

    /// <summary>The relation a staging model reads, of some records that have not landed.</summary>
    public static string RecordsView(StreamName stream, IReadOnlyList<RawRecord> records)
    {
        var rows = records.Select(record =>
            $"({Sql.Text(record.RecordId)}, {Instant(record.UpdatedAt)}, {(record.IsDeleted ? "true" : "false")}, {record.Position}, {Sql.Text(record.Payload)})");
        return records.Count == 0 ? EmptyRawView(stream.Relation) : $$"""
            create or replace view raw.{{Sql.Name(stream.Relation)}} as
            select
                {
                    'stream': {{Sql.Text(stream.ToString())}},
                    'file': 'preview',
                    'raw_file': '',
                    'position': position::bigint,
                    'record_id': record_id,
                    'updated_at': updated_at,
                    'extracted_at': updated_at,
                    'run_id': '',
                    'is_deleted': is_deleted
                } as origin,
                payload
            from (values {{string.Join(",\n", rows)}}) as record (record_id, updated_at, is_deleted, position, payload)
            """;
    }

    private static string Instant(DateTimeOffset instant) => $"timestamp '{instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}'";

    /// <summary>The staging model of dropped files of an entity: each column of the contract as the text that stood in the file.</summary>
    public static string DroppedFiles(string entity, Contract contract)
    {
        var shape = string.Join(',', contract.Columns.Select(column => $"\"{column.Name}\":\"VARCHAR\""));
        var columns = string.Join(",\n    ", contract.Columns.Select(column => $"record.{Sql.Name(column.Name)} as {Sql.Name(column.Name)}"));
        return $$"""
            -- Grain: one row per record of dropped files of {{entity}}.
            select
                origin,
                {{columns}}
            from (select origin, json_transform(payload, '{{{shape}}}') as record from raw.file__{{entity}})
            """;
    }

    /// <summary>The select that types what a staging model gives.</summary>
    /// <param name="model">The staging model.</param>
    /// <param name="contract">The contract of the entity it feeds.</param>
    /// <param name="given">The names and types the model gives.</param>
    /// <exception cref="TransformException">The model gives a column that the entity does not have, or leaves out one that it needs.</exception>
    public static string Typed(Model model, Contract contract, IReadOnlyList<(string Name, string Type)> given)
    {
        var types = given.ToDictionary(column => column.Name, column => column.Type, StringComparer.Ordinal);
        Check(model, contract, types);
        var columns = contract.Columns.Select(column => new TypedColumn(column, types.GetValueOrDefault(column.Name))).ToList();
        var rules = columns.SelectMany(column => column.Rules()).Concat(contract.Checks.Select(CheckRule)).ToList();
        return $$"""
            with

            given as (
            {{model.Text}}
            ),

            trimmed as (
                select
                    {{string.Join(",\n        ", columns.SelectMany(column => column.Trimmed()).Prepend("origin"))}}
                from given
            ),

            typed as (
                select
                    {{string.Join(",\n        ", columns.SelectMany(column => column.Typed()).Prepend("origin"))}}
                from trimmed
            )

            select
                {{Sql.Names(contract.Columns.Select(column => column.Name))}},
                origin,
                case when not origin.is_deleted and ({{string.Join("\n        or ", rules.Select(rule => rule.Broken))}})
                then {{Rejections(rules)}} end as rejection
            from typed{{(contract.EndsWhenLeftOut ? LeftOut(model.Stream!) : "")}}
            """;
    }

    /// <summary>What is wrong with a row: of the numbers of the rules that it breaks. Constants in lists are short for DuckDB to plan, which takes longer than to type a small file.</summary>
    private static string Rejections(List<Rule> rules)
    {
        const string Number = "\"number of rule\"";
        string One(Func<Rule, string> part) => $"([{string.Join(", ", rules.Select(part))}])[{Number}]";
        return $$"""
            list_transform(
                    list_filter([
                        {{string.Join(",\n            ", rules.Select((rule, index) => $"if({rule.Broken}, {index + 1}, null)"))}}
                    ], lambda {{Number}}: {{Number}} is not null),
                    lambda {{Number}}: {
                        'column': {{One(rule => Sql.Text(rule.Column))}},
                        'value': left({{One(rule => rule.Value)}}, 200),
                        'reason': {{One(rule => Sql.Text(rule.Reason))}}
                    }
                )
            """;
    }

    /// <summary>The versions of records that the model gives no row of, with nothing but their origin.</summary>
    private static string LeftOut(StreamName stream) =>
        $"""

        union all by name
        select records.origin
        from raw.{Sql.Name(stream.Relation)} as records
        anti join given
            on given.origin.raw_file = records.origin.raw_file and given.origin.position = records.origin.position
        """;

    private static void Check(Model model, Contract contract, Dictionary<string, string> given)
    {
        var unknown = given.Keys.Where(name => name != "origin" && contract.Columns.All(column => column.Name != name)).ToList();
        var missing = contract.Required.Where(name => !given.ContainsKey(name)).ToList();
        if (!given.ContainsKey("origin"))
        {
            missing.Add("origin");
        }

        if (unknown.Count + missing.Count > 0)
        {
            throw new TransformException(SqlProblem.In(
                model.File,
                $"does not fit '{model.Entity}':"
                + (missing.Count > 0 ? $" it must also give {string.Join(", ", missing)};" : "")
                + (unknown.Count > 0 ? $" the entity has no column {string.Join(", ", unknown)};" : "")
                + $" see {contract.File}."));
        }
    }

    private static Rule CheckRule(ContractCheck check)
    {
        var column = check.Columns.Count > 0 ? check.Columns[0] : "";
        var value = string.Join(" || ', ' || ", check.Columns.Distinct(StringComparer.Ordinal).Select(
            name => check.Columns.Count == 1 ? $"{Sql.Name(name)}::varchar" : $"{Sql.Text(name + "=")} || coalesce({Sql.Name(name)}::varchar, 'nothing')"));
        return new Rule($"coalesce(not ({check.Expression}), false)", column, value, $"must fulfil {check.Expression}");
    }

    /// <summary>One way a row can be wrong.</summary>
    private sealed record Rule(string Broken, string Column, string Value, string Reason);

    /// <summary>A column of the contract and how it comes out of what the model gives.</summary>
    private sealed record TypedColumn(ContractColumn Column, string? Given)
    {
        private string Name => Sql.Name(Column.Name);

        private string Text => Sql.Name(Column.Name + " as text");

        private bool IsTextToCast => Given == "VARCHAR" && Column.Type != "VARCHAR";

        public IEnumerable<string> Trimmed()
        {
            if (Given is not null)
            {
                yield return IsTextToCast ? $"nullif(trim({Name}), '') as {Text}" : Column.Type == "VARCHAR" && Given == "VARCHAR" ? $"nullif({Name}, '') as {Name}" : Name;
            }
        }

        public IEnumerable<string> Typed()
        {
            var value = Given is null ? $"null::{Column.Type}" : IsTextToCast ? Cast() : Given == Column.Type ? Name : $"try_cast({Name} as {Column.Type})";
            yield return Column.Default is { } fallback ? $"coalesce({value}, {fallback}) as {Name}" : $"{value} as {Name}";
            if (IsTextToCast)
            {
                yield return Text;
            }
        }

        public IEnumerable<Rule> Rules()
        {
            if (IsTextToCast)
            {
                var missing = Column.Default is null ? $"{Name} is null" : $"{Cast()} is null";
                yield return new Rule($"({Text} is not null and {missing})", Column.Name, Text, $"is no {Column.Type.ToLowerInvariant()}{Hint()}");
            }

            if (!Column.IsNullable && Column.Default is null)
            {
                yield return new Rule(IsTextToCast ? $"{Text} is null" : $"{Name} is null", Column.Name, "null::varchar", "must have a value");
            }
        }

        private string Cast() => Column.Type switch
        {
            "BIGINT" or "INTEGER" => $"case when contains({Text}, '.') and try_cast({Text} as double) <> trunc(try_cast({Text} as double)) then null else try_cast({Text} as {Column.Type}) end",
            "DOUBLE" => $"case when isfinite(try_cast({Text} as double)) then try_cast({Text} as double) end",
            "TIMESTAMP" => $"case when isfinite(try_cast({Text} as timestamptz)) then try_cast({Text} as timestamptz)::timestamp end",
            "DATE" => $"case when isfinite(try_cast({Text} as date)) then try_cast({Text} as date) end",
            _ => $"try_cast({Text} as {Column.Type})",
        };

        private string Hint() => Column.Type switch
        {
            "DATE" => ", such as 2026-03-31",
            "TIMESTAMP" => ", such as 2026-03-31T14:05:00Z",
            "BOOLEAN" => ": true or false",
            "BIGINT" or "INTEGER" => " (whole number)",
            _ => ", such as 1234.56",
        };
    }
}
