namespace Snowplow.Kql.Commands.Views;

/// <summary>Commands of materialized views.</summary>
internal static class ViewCommands
{
    public static readonly CommandForm[] All = [CreateView.Form, CreateView.AsyncForm, CreateOrAlterView.Form, DropView.Form, ShowViews.Form, ShowView.Form];
}
