create table seeds.value_band (
    value_band varchar not null primary key check (value_band <> 'none'),
    lower_arr_amount decimal(18, 4) not null unique check (lower_arr_amount >= 0)
);
comment on table seeds.value_band is
    'One row per band of value: customers are told apart by their ARR. One band begins at 0. The '
    'delivered ones are powers of ten and know no currency: replace them in an overlay where the '
    'reporting currency or the prices are of another size.';
comment on column seeds.value_band.value_band is
    'Name of the band. Customers who pay nothing are in none, which is no band.';
comment on column seeds.value_band.lower_arr_amount is
    'ARR in the reporting currency from which the band holds, included, until the next band '
    'begins.';
