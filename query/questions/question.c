#include "query/questions/question.h"

static const gs_question *const questions[] = {
    &gs_question_chain,      &gs_question_timeline,
    &gs_question_unanswered, &gs_question_contradictions,
    &gs_question_denials,    &gs_question_show,
    &gs_question_actor,      &gs_question_search,
    &gs_question_new,        &gs_question_export,
    &gs_question_status,     &gs_question_jobs,
    &gs_question_run,        &gs_question_rejects,
    &gs_question_why,        &gs_question_schema};

const gs_question *gs_question_find(gs_text name)
{
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
        if (gs_text_equal(gs_text_of(questions[i]->name), name))
            return questions[i];
    return NULL;
}

gs_code gs_asked_words(gs_text *out, gs_asked *asked, gs_error *err)
{
    *out = gs_text_join(&asked->arena, asked->arguments, asked->count, GS_TEXT(" "));
    return out->bytes == NULL ? gs_fail_memory(err) : GS_OK;
}

gs_code gs_asked_columns(gs_asked *asked, const char *const *columns, size_t count,
                         gs_error *err)
{
    asked->columns = columns;
    asked->column_count = count;
    asked->cells = gs_arena_array(&asked->arena, count, sizeof *asked->cells);
    return asked->cells == NULL ? gs_fail_memory(err) : GS_OK;
}

gs_code gs_asked_run(gs_run **out, const gs_asked *asked, const char *query,
                     gs_value parameters, bool unmerged, gs_error *err)
{
    gs_settings settings = asked->settings;

    settings.parameters = parameters;
    settings.strict = false;
    settings.unmerged = unmerged;
    settings.max_rows = 0;
    return gs_run_open(out, asked->snapshot, query, &settings, err);
}

gs_value gs_parameter(gs_entry *room, const char *key, gs_value value)
{
    *room = (gs_entry){gs_text_of(key), value};
    return gs_map(room, 1);
}
