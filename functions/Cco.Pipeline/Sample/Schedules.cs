namespace Cco.Pipeline.Sample;

/// <summary>Business hours of the support team: one schedule a region, with a lunch break in one of them, and holidays.</summary>
internal static class Schedules
{
    private static readonly (string Region, string TimeZone, (string Opens, string Closes)[] Hours, (int Month, int Day, string Name)[] Holidays)[] All =
    [
        ("AMER", "America/New_York", [("08:00", "18:00")], [(1, 1, "new_year"), (7, 4, "independence_day"), (12, 25, "christmas")]),
        ("EMEA", "Europe/Berlin", [("09:00", "12:30"), ("13:30", "18:00")], [(1, 1, "new_year"), (5, 1, "labour_day"), (12, 25, "christmas"), (12, 26, "boxing_day")]),
        ("APAC", "Asia/Tokyo", [("09:00", "17:30")], [(1, 1, "new_year"), (2, 11, "foundation_day"), (11, 3, "culture_day")]),
    ];

    private static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday"];

    public static string IdOf(string region) => $"S-{region}";

    public static void Write(Company company)
    {
        foreach (var (region, timeZone, hours, holidays) in All)
        {
            for (var weekday = 0; weekday < Weekdays.Length; weekday++)
            {
                for (var span = 0; span < hours.Length; span++)
                {
                    Entry(company, region, timeZone, Weekdays[weekday] + (span == 0 ? "" : "_afternoon"), weekday + 1, hours[span], null);
                }
            }

            for (var year = company.Calendar.Start.Year; year <= company.Calendar.End.Year; year++)
            {
                foreach (var (month, day, name) in holidays)
                {
                    Entry(company, region, timeZone, $"{name}_{year}", null, null, new DateOnly(year, month, day));
                }

                Entry(company, region, timeZone, $"new_years_eve_{year}", null, ("09:00", "12:00"), new DateOnly(year, 12, 31));
            }

            WriteToZendesk(company, region, timeZone, hours, holidays);
        }
    }

    /// <summary>The same in Zendesk: spans are counted in minutes since Sunday began, and a holiday is a day without any.</summary>
    private static void WriteToZendesk(Company company, string region, string timeZone, (string Opens, string Closes)[] hours, (int Month, int Day, string Name)[] holidays)
    {
        var id = ZendeskDesk.ScheduleIdOf(region);
        for (var weekday = 1; weekday <= Weekdays.Length; weekday++)
        {
            foreach (var (opens, closes) in hours)
            {
                var minute = (weekday * 1440) + (int)TimeOnly.ParseExact(opens, "HH:mm").ToTimeSpan().TotalMinutes;
                ZendeskEntry(company, region, id, timeZone, $"weekly-{minute}", weekday, (opens, closes), null);
            }
        }

        for (var year = company.Calendar.Start.Year; year <= company.Calendar.End.Year; year++)
        {
            foreach (var (month, day, _) in holidays)
            {
                ZendeskEntry(company, region, id, timeZone, $"holiday-{id}{year}{month:00}{day:00}", null, null, new DateOnly(year, month, day));
            }
        }
    }

    private static void ZendeskEntry(
        Company company, string region, string id, string timeZone, string entry, int? weekday, (string Opens, string Closes)? hours, DateOnly? holiday) =>
        company.Files.Zendesk.BusinessSchedule.Row()
            .Text("business_schedule_id", id).Text("entry_id", entry).Text("name", $"Support {region}").Text("entry_type", holiday is null ? "weekly" : "holiday")
            .Text("time_zone", timeZone).Number("weekday", weekday).Text("open_time", hours?.Opens).Text("close_time", hours?.Closes)
            .Day("start_date", holiday).Day("end_date", holiday?.AddDays(1)).Instant("updated_at", company.Calendar.Start.At(0)).End();

    private static void Entry(
        Company company, string region, string timeZone, string entry, int? weekday, (string Opens, string Closes)? hours, DateOnly? holiday) =>
        company.Files.BusinessSchedule.Row()
            .Text("business_schedule_id", IdOf(region)).Text("entry_id", entry).Text("name", $"Support {region}")
            .Text("entry_type", holiday is null ? "weekly" : "holiday").Text("time_zone", timeZone).Number("weekday", weekday)
            .Text("open_time", hours?.Opens).Text("close_time", hours?.Closes).Flag("is_default", region == "EMEA").Day("start_date", holiday).End();
}
