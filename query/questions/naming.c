#include "query/questions/naming.h"

#include "graph/index.h"

enum { NAMES_SHOWN = 5 };

/* The names of what was found, commas between them; the missing text for nothing. */
static gs_code list_names(gs_text *out, gs_asked *asked, const gs_numbers *found,
                          gs_error *err)
{
    gs_names names = {0};
    gs_entry entry;
    gs_settings settings = asked->settings;
    const gs_value *row;
    gs_run *run = NULL;
    gs_code rc;

    *out = (gs_text){0};
    settings.parameters = gs_parameter(&entry, "n", gs_integer(0));
    settings.strict = false;
    settings.unmerged = true;
    GS_TRY(
        gs_run_open(&run, asked->snapshot,
                    "MATCH (x) WHERE id(x) = $n RETURN coalesce(x.name, x.url, x.file)",
                    &settings, err));
    for (size_t i = 0; i < found->count && i < NAMES_SHOWN; i++) {
        GS_TRY(gs_run_bind(
            run, gs_parameter(&entry, "n", gs_integer((int64_t)found->items[i])), err));
        rc = gs_run_next(run, &row, err);
        if (rc == GS_OK)
            rc = gs_names_add(&names, row[0], &asked->arena, err);
        if (rc != GS_OK && rc != GS_END)
            goto out;
    }
    rc = GS_OK;
    for (size_t i = 0; i < names.count; i++)
        *out = gs_text_format(&asked->arena, "%.*s%s%.*s", GS_SHOW(*out),
                              i > 0 ? ", " : "", GS_SHOW(names.items[i].as.string));
out:
    gs_run_close(run);
    return rc;
}

gs_code gs_refuse_many(gs_asked *asked, gs_text name, const gs_numbers *found,
                       gs_error *err)
{
    gs_text list;
    gs_code rc = list_names(&list, asked, found, err);

    if (rc != GS_OK)
        return rc;
    return gs_fail(err, GS_USAGE, "%s `%.*s`: that is %zu: %.*s%s; name one",
                   asked->question->name, GS_SHOW(name), found->count, GS_SHOW(list),
                   found->count > NAMES_SHOWN ? ", ..." : "");
}

static gs_code refuse_none(gs_asked *asked, gs_text name, gs_error *err)
{
    gs_numbers near = {0};
    gs_text list;
    gs_code rc;

    GS_TRY(gs_index_actors_like(&near.items, &near.count, asked->snapshot, name,
                                &asked->arena, err));
    GS_TRY(list_names(&list, asked, &near, err));
    if (near.count == 0)
        return gs_fail(err, GS_USAGE, "%s `%.*s`: no actor is called that",
                       asked->question->name, GS_SHOW(name));
    rc = gs_fail(err, GS_USAGE, "%s `%.*s`: no actor is called that; there is %.*s%s",
                 asked->question->name, GS_SHOW(name), GS_SHOW(list),
                 near.count > NAMES_SHOWN ? ", ..." : "");
out:
    return rc;
}

gs_code gs_asked_actor(uint64_t *out, gs_asked *asked, size_t index, gs_error *err)
{
    gs_numbers found = {0};
    gs_entry entry;
    gs_text name = asked->arguments[index];
    gs_code rc = gs_numbers_ask(&found, asked, "UNWIND actors($name) AS a RETURN id(a)",
                                gs_parameter(&entry, "name", gs_string(name)), err);

    if (rc != GS_OK)
        return rc;
    if (found.count == 0)
        return refuse_none(asked, name, err);
    if (found.count > 1)
        return gs_refuse_many(asked, name, &found, err);
    *out = found.items[0];
    return GS_OK;
}
