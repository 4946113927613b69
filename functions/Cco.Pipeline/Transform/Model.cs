namespace Cco.Pipeline.Transform;

/// <summary>One select with a name: a staging, conformed, intermediate or mart model, or an audit.</summary>
/// <param name="Name">Unique over all layers; the file's name.</param>
/// <param name="Layer">Where it stands.</param>
/// <param name="File">The file, relative to the folder it was read from.</param>
/// <param name="Text">The file's text: one select.</param>
/// <param name="Header">What its first lines say.</param>
/// <param name="References">What the select mentions.</param>
/// <param name="Contract">The table it must fill; null where there is none.</param>
public sealed record Model(
    string Name, Layer Layer, string File, string Text, ModelHeader Header, SqlReferences References, Contract? Contract)
{
    /// <summary>The schema and name of its relation.</summary>
    public string Relation => $"{Layer.Schema()}.{Sql.Name(Name)}";

    /// <summary>The raw stream that a staging model types.</summary>
    public StreamName? Stream =>
        Layer == Layer.Staging ? StreamName.FromRelation(References.Tables.Single(table => table.Schema == "raw").Name) : null;

    /// <summary>The entity that a staging model feeds: what stands after the double underscore in its name.</summary>
    public string? Entity => Layer == Layer.Staging && Name.Split("__") is [_, var entity, ..] ? entity : null;
}
