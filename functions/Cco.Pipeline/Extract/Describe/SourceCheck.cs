using System.Text.RegularExpressions;

namespace Cco.Pipeline.Extract;

/// <summary>What in a description does not fit together.</summary>
internal static partial class SourceCheck
{
    /// <summary>The problems of a description.</summary>
    /// <param name="source">The description.</param>
    /// <param name="file">The name of its file.</param>
    public static IEnumerable<(string Field, string Message)> Problems(SourceDescription source, string file)
    {
        if (source.Source != Path.GetFileNameWithoutExtension(file))
        {
            yield return ("source", $"expected '{Path.GetFileNameWithoutExtension(file)}', the name of the file.");
        }

        if (!Name().IsMatch(source.Source))
        {
            yield return ("source", $"'{source.Source}' is no name: lower-case letters, digits and single underscores.");
        }

        if (source.Setup.Count == 0)
        {
            yield return ("setup", "say in a line or more how to make the credentials.");
        }

        if (source.Streams.Count == 0)
        {
            yield return ("streams", "there is none.");
        }

        foreach (var problem in Address(source.BaseUrl, "base_url", source, []).Concat(Values(source.Headers.Values, "headers", source, null)).Concat(Limits(source.Limits)))
        {
            yield return problem;
        }

        foreach (var problem in Authentication(source).Concat(source.Streams.SelectMany(stream => Stream(source, stream.Key, stream.Value))))
        {
            yield return problem;
        }
    }

    private static IEnumerable<(string, string)> Limits(LimitDescription limits)
    {
        if (limits.RequestsPerSecond is <= 0 or > 1_000)
        {
            yield return ("limits/requests_per_second", "expected a number above 0 and up to 1000.");
        }

        if (limits.Concurrency is < 1 or > 64)
        {
            yield return ("limits/concurrency", "expected 1 to 64.");
        }

        if (limits.RemainingHeader is null != limits.ResetHeader is null)
        {
            yield return ("limits/remaining_header", "it goes with reset_header: give both or none.");
        }
    }

    private static IEnumerable<(string, string)> Authentication(SourceDescription source)
    {
        var way = source.Authentication;
        foreach (var (name, isThere) in Required(way).Where(required => !required.IsThere))
        {
            yield return ("authentication", $"{way.Kind} needs '{name}'.");
        }

        foreach (var secret in new[] { way.Secret, way.RefreshToken, way.PrivateKey }.OfType<string>().Where(secret => !source.Secrets.ContainsKey(secret)))
        {
            yield return ("authentication", $"there is no secret '{secret}': list it in secrets.");
        }

        var values = new[] { way.User, way.Password, way.ClientId, way.ClientSecret, way.Subject, way.Audience }.OfType<SourceValue>().Concat(way.Fields.Values);
        foreach (var problem in Values(values, "authentication", source, null).Concat(Address(way.TokenUrl ?? "", "authentication/token_url", source, [])))
        {
            yield return problem;
        }
    }

    private static IEnumerable<(string Name, bool IsThere)> Required(AuthenticationDescription way) => way.Kind switch
    {
        AuthenticationKind.Bearer => [("secret", way.Secret is not null)],
        AuthenticationKind.Header or AuthenticationKind.Query => [("secret", way.Secret is not null), ("name", way.Name is not null)],
        AuthenticationKind.Basic => [("user", way.User is not null)],
        AuthenticationKind.OauthClientCredentials =>
            [("token_url", way.TokenUrl is not null), ("client_id", way.ClientId is not null), ("client_secret", way.ClientSecret is not null)],
        AuthenticationKind.OauthRefreshToken =>
            [("token_url", way.TokenUrl is not null), ("client_id", way.ClientId is not null), ("refresh_token", way.RefreshToken is not null)],
        AuthenticationKind.OauthJwtBearer =>
            [("token_url", way.TokenUrl is not null), ("client_id", way.ClientId is not null), ("private_key", way.PrivateKey is not null), ("subject", way.Subject is not null), ("audience", way.Audience is not null)],
        _ => [],
    };

    private static IEnumerable<(string, string)> Stream(SourceDescription source, string name, StreamDescription stream)
    {
        var field = $"streams/{name}";
        if (!Name().IsMatch(name))
        {
            yield return (field, "a stream's name has lower-case letters, digits and single underscores.");
        }

        if (stream.Format == AnswerFormat.Csv && (stream.Records.Length > 0 || stream.Paging.Kind is PagingKind.Cursor or PagingKind.NextLink))
        {
            yield return ($"{field}/format", "a table has no places for 'records' or the token of paging.");
        }

        if (stream.Export is { FilePath: null, File: null })
        {
            yield return ($"{field}/export", "it needs 'file_path', or 'file', the place of the file's address.");
        }

        if (stream.Export is not null && (stream.Paging.Kind != PagingKind.None || stream.Mode == StreamMode.Cursor))
        {
            yield return ($"{field}/export", "a file has no pages and no cursor.");
        }

        if (stream.Id.Count == 0)
        {
            yield return ($"{field}/id", "name the field that tells records apart.");
        }

        if (stream.Body is not null && stream.Method == RequestMethod.Get)
        {
            yield return ($"{field}/body", "a body needs method: post.");
        }

        if (stream.Parent is { } parent && (!source.Streams.TryGetValue(parent.Stream, out var above) || above.Parent is not null))
        {
            yield return ($"{field}/parent", $"there is no stream '{parent.Stream}' without a parent of its own.");
        }

        var ofParent = stream.Id.Append(stream.UpdatedAt ?? "").Select(RecordReader.ParentField).OfType<string>();
        foreach (var missing in ofParent.Where(name => stream.Parent?.Fields.ContainsKey(name) != true))
        {
            yield return (field, NotGiven(missing));
        }

        if (stream.Parent is { LandsOthers: true } && (stream.Parent.Only is null || stream.Id.Any(name => RecordReader.ParentField(name) is null)))
        {
            yield return ($"{field}/parent/lands_others", "it needs 'only', and an id of fields of the parent alone.");
        }

        var values = stream.Query.Values.Concat(stream.Headers.Values).Concat(stream.Body?.Values() ?? []).ToList();
        var problems = Values(values, $"{field}/query", source, stream.Parent)
            .Concat(Address(stream.Path, $"{field}/path", source, stream.Parent?.Fields.Keys ?? []))
            .Concat(Address($"{stream.Export?.StatusPath}{stream.Export?.FilePath}", $"{field}/export", source, [.. stream.Parent?.Fields.Keys ?? [], ExportJob.WorkName, ExportJob.FileName]))
            .Concat(Paging(stream, field))
            .Concat(Incremental(source, stream, field, values))
            .Concat(source.Engine == SourceEngine.Soql ? Soql(stream, field) : []);
        foreach (var problem in problems)
        {
            yield return problem;
        }
    }

    private static IEnumerable<(string, string)> Soql(StreamDescription stream, string field)
    {
        if (!SalesforceObject.IsPath(stream.Path))
        {
            yield return ($"{field}/path", "with engine: soql it is that of an object, such as /sobjects/Account.");
        }

        if (stream.Mode != StreamMode.Windows || stream.UpdatedAt is null)
        {
            yield return ($"{field}/incremental", "engine: soql reads by windows of updated_at: give both.");
        }

        if (stream.Query.Count + stream.Headers.Count > 0 || stream.Body is not null || stream.Parent is not null || stream.Export is not null || stream.Paging.Kind != PagingKind.None)
        {
            yield return (field, "with engine: soql there is no query, headers, body, parent, export or paging.");
        }
    }

    private static IEnumerable<(string, string)> Paging(StreamDescription stream, string field)
    {
        var paging = stream.Paging;
        var at = $"{field}/paging";
        if (paging.Kind is PagingKind.Cursor or PagingKind.NextLink && paging.Token is null)
        {
            yield return (at, $"{paging.Kind} needs 'token', the place of it in the answer.");
        }

        if (paging.Kind is PagingKind.Cursor or PagingKind.Offset or PagingKind.Page or PagingKind.Keyset && paging.Parameter is null)
        {
            yield return (at, $"{paging.Kind} needs 'parameter'.");
        }

        if (paging.Kind == PagingKind.Keyset && paging.Field is null)
        {
            yield return (at, "keyset needs 'field', the field of the last record.");
        }

        if (paging.Kind is PagingKind.Offset && paging.Size is null)
        {
            yield return (at, "offset needs 'size', the records of a full page.");
        }

        if (paging.Stop == PagingStop.NoToken && paging.Kind is PagingKind.Offset or PagingKind.Page or PagingKind.Keyset)
        {
            yield return (at, $"{paging.Kind} needs 'stop': empty_page, short_page, flag or total.");
        }

        if (paging.Stop == PagingStop.Flag && paging.More is null == paging.Last is null)
        {
            yield return (at, "stop: flag needs 'more' or 'last', the place of the flag.");
        }

        if (paging.Stop == PagingStop.Total && paging.Total is null)
        {
            yield return (at, "stop: total needs 'total', the place of the number.");
        }

        if (paging.Stop == PagingStop.ShortPage && paging.Size is null)
        {
            yield return (at, "stop: short_page needs 'size'.");
        }

        if (paging.MaxPages < 1)
        {
            yield return ($"{at}/max_pages", "expected at least 1.");
        }
    }

    private static IEnumerable<(string, string)> Incremental(SourceDescription source, StreamDescription stream, string field, List<SourceValue> values)
    {
        var hasWindow = values.Any(value => value.Kind == SourceValueKind.Window);
        var isParentWindowed = stream.Parent is { } parent && source.Streams.TryGetValue(parent.Stream, out var above) && above.Mode == StreamMode.Windows;
        if (stream.Mode == StreamMode.Windows && source.Engine == SourceEngine.Rest && !isParentWindowed && !values.Any(value => value is { Kind: SourceValueKind.Window, Text: "from" }))
        {
            yield return ($"{field}/incremental", "windows need { window: from } in the query or the body, or in those of the parent.");
        }

        if (stream.Mode == StreamMode.Full && hasWindow)
        {
            yield return (field, "{ window: ... } needs 'incremental'.");
        }

        if (stream.Mode == StreamMode.Cursor && (stream.Parent is not null || (stream.Incremental!.Token ?? stream.Paging.Token) is null))
        {
            yield return ($"{field}/incremental", "a kept cursor needs 'token', here or in paging, and no parent.");
        }

        if (stream.Incremental is { } incremental && (incremental.FirstWindow <= TimeSpan.Zero || incremental.LongestWindow < incremental.FirstWindow || incremental.Lookback < TimeSpan.Zero || incremental.Lag < TimeSpan.Zero))
        {
            yield return ($"{field}/incremental", "spans of time are above 0, and longest_window at least first_window.");
        }

        if (stream.Incremental is { Kind: IncrementalKind.Cursor, Field: not null })
        {
            yield return ($"{field}/incremental", "a cursor goes by no 'field'.");
        }
    }

    private static IEnumerable<(string, string)> Values(IEnumerable<SourceValue> values, string field, SourceDescription source, ParentDescription? parent)
    {
        foreach (var value in values)
        {
            if (value.Kind == SourceValueKind.Setting && !source.Settings.ContainsKey(value.Text))
            {
                yield return (field, $"there is no setting '{value.Text}': list it in settings.");
            }
            else if (value.Kind == SourceValueKind.Secret && !source.Secrets.ContainsKey(value.Text))
            {
                yield return (field, $"there is no secret '{value.Text}': list it in secrets.");
            }
            else if (value.Kind == SourceValueKind.Parent && parent?.Fields.ContainsKey(value.Text) != true)
            {
                yield return (field, NotGiven(value.Text));
            }
        }
    }

    private static string NotGiven(string parentField) => $"the parent gives no field '{parentField}': list it in parent/fields.";

    private static IEnumerable<(string, string)> Address(string address, string field, SourceDescription source, IEnumerable<string> fields) =>
        BracedNames.Of(address).Where(name => !source.Settings.ContainsKey(name) && !fields.Contains(name, StringComparer.Ordinal))
            .Select(name => (field, $"'{{{name}}}' is neither a setting nor a field of the parent."));

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
