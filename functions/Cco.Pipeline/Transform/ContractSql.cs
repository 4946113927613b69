namespace Cco.Pipeline.Transform;

/// <summary>The SQL that holds a built table against its contract.</summary>
internal static class ContractSql
{
    /// <summary>The order of a table's rows: equal content is equal bytes. Customers come in the order of their hash, as buckets do.</summary>
    public static string OrderBy(Model model) => (model.Header.IsCustomerScoped, model.Contract) switch
    {
        (_, null) => "",
        (true, { Key: var key }) => $"order by hash(customer_key), {Sql.Names(key)}",
        (false, { Key.Count: > 0 } contract) => $"order by {Sql.Names(contract.Key)}",
        _ => "order by all",
    };

    /// <summary>How names, order and types of what a model gives differ from its contract; an insert would cast in silence.</summary>
    public static IReadOnlyList<string> Differences(Contract contract, IReadOnlyList<(string Name, string Type)> given)
    {
        var differences = new List<string>();
        for (var index = 0; index < Math.Max(contract.Columns.Count, given.Count); index++)
        {
            var promised = index < contract.Columns.Count ? $"{contract.Columns[index].Name} {contract.Columns[index].Type}" : "nothing";
            var made = index < given.Count ? $"{given[index].Name} {given[index].Type}" : "nothing";
            if (promised != made)
            {
                differences.Add($"column {index + 1}: the contract says {promised}, the model gives {made}");
            }
        }

        return differences;
    }

    /// <summary>
    /// The condition of a typed row, none that is rejected, that says no more than that a version of a record gives no row of the entity: such rows are kept
    /// where rows end when they are left out.
    /// </summary>
    public static string SaysNothing(Contract contract, string row) => contract.EndsWhenLeftOut ? $"{row}.{Sql.Name(contract.Key[^1])} is null" : "false";

    /// <summary>
    /// The select that counts the rows which break the contract: its conditions on single rows, or its key, as a row whose key is that of the row before it. No key
    /// occurs twice where there is none, since the rows of a file come in the order of the key: a fourth of what grouping by the key takes. Two keys of one
    /// hash would count as well; <see cref="ShowBroken"/> tells them apart.
    /// </summary>
    public static string CountBroken(Contract contract, string relation)
    {
        var broken = string.Join(" or ", Conditions(contract).Select(rule => $"({rule.Broken})").Prepend("false"));
        if (contract.Key.Count == 0)
        {
            return $"select count(*) from {relation} where {broken}";
        }

        var key = $"hash({Sql.Names(contract.Key)})";
        return $"select count(*) from (select {broken} as is_broken, {key} as key_hash, lag({key}) over () as hash_before from {relation}) where is_broken or key_hash = hash_before";
    }

    /// <summary>The select that shows some rows that break the contract, each as (rule, row).</summary>
    public static string ShowBroken(Contract contract, string relation)
    {
        var rows = Conditions(contract)
            .Select(rule => $"(select {Sql.Text(rule.Name)} as rule, to_json(broken)::varchar as row from {relation} as broken where {rule.Broken} limit 5)");
        if (contract.Key.Count > 0)
        {
            rows = rows.Append(
                $"(select {Sql.Text($"the key ({string.Join(", ", contract.Key)}) occurs more than once")}, to_json(repeated)::varchar "
                + $"from {relation} as repeated qualify count(*) over (partition by {Sql.Names(contract.Key)}) > 1 limit 5)");
        }

        return string.Join("\nunion all\n", rows);
    }

    /// <summary>The rows of a mart whose reference leads nowhere.</summary>
    public static string Orphans(string mart, ContractReference reference)
    {
        var condition = string.Join(" and ", reference.Columns.Zip(
            reference.TableColumns, (own, other) => $"child.{Sql.Name(own)} = parent.{Sql.Name(other)}"));
        var isGiven = string.Join(" and ", reference.Columns.Select(column => $"child.{Sql.Name(column)} is not null"));
        return $"""
            select child.*
            from {Sql.Name(mart)} as child
            anti join {Sql.Name(reference.Table)} as parent on {condition}
            where {isGiven}
            """;
    }

    private static IEnumerable<(string Name, string Broken)> Conditions(Contract contract) =>
        contract.Columns.Where(column => !column.IsNullable).Select(column => ($"{column.Name} is null", $"{Sql.Name(column.Name)} is null"))
            .Concat(contract.Checks.Select(check => ($"does not fulfil {check.Expression}", $"not ({check.Expression})")));
}
