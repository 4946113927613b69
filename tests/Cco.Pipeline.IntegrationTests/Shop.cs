namespace Cco.Pipeline.IntegrationTests;

/// <summary>The models of a small shop: one entity, one mart, built in no time. For tests that are not about the delivered models.</summary>
internal static class Shop
{
    public const string Orders = "order_id,customer_name,amount,ordered_date\no1,Ada,10.50,2025-01-31\no2,Ada,4.50,2025-02-28\no3,Bob,7.00,2025-03-01\n";

    public const string Fact =
        """
        -- Grain: one row per order.
        select
            order_id,
            customer_name,
            amount
        from order_line
        where deleted_at is null
        """;

    public const string Contract =
        """
        create table marts.fct_order (
            order_id varchar not null,
            customer_name varchar,
            amount decimal(18, 4) not null,
            primary key (order_id)
        );
        comment on table marts.fct_order is 'One row per order.';
        comment on column marts.fct_order.order_id is 'The order.';
        comment on column marts.fct_order.customer_name is 'Who ordered. Null: not known.';
        comment on column marts.fct_order.amount is 'What it cost.';
        """;

    private const string Order =
        """
        create table conformed.order_line (
            source varchar not null default 'file',
            order_id varchar not null,
            customer_name varchar,
            amount decimal(18, 4) not null check (amount >= 0),
            ordered_date date,
            deleted_at timestamp,
            primary key (source, order_id)
        );
        comment on table conformed.order_line is 'One row per order.';
        comment on column conformed.order_line.source is 'The system.';
        comment on column conformed.order_line.order_id is 'The order.';
        comment on column conformed.order_line.customer_name is 'Who ordered. Null: not known.';
        comment on column conformed.order_line.amount is 'What it cost.';
        comment on column conformed.order_line.ordered_date is 'When. Null: not known.';
        comment on column conformed.order_line.deleted_at is 'When it was deleted. Null: not deleted.';
        """;

    /// <summary>An installation with the shop's models.</summary>
    public static Installation Install()
    {
        var installation = new Installation();
        installation.Write("sql/models/conformed/order_line.contract.sql", Order);
        installation.Write("sql/models/marts/fct_order.sql", Fact);
        installation.Write("sql/models/marts/fct_order.contract.sql", Contract);
        installation.Configure(installation.PathOf("sql"));
        return installation;
    }
}
