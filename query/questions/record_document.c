#include "query/questions/record_impl.h"

/* A document whole, with its text where that was kept. */
gs_code gs_document_record(gs_value *out, const gs_snapshot *snapshot, uint64_t number,
                           gs_arena *arena, gs_error *err)
{
    static const char *const keys[] = {"url",       "file",     "title", "publisher",
                                       "published", "language", "sha256"};
    gs_maker maker;
    gs_text text;
    gs_code rc;

    GS_TRY(gs_maker_begin(&maker, snapshot, number, arena, err));
    GS_TRY(gs_maker_put(&maker, "type", gs_string(GS_TEXT("document"))));
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        GS_TRY(gs_maker_move(&maker, keys[i]));
    rc = gs_document_text(&text, snapshot, number, arena, err);
    if (rc != GS_OK && rc != GS_END)
        return rc;
    if (rc == GS_OK)
        GS_TRY(gs_maker_put(&maker, "text", gs_string(text)));
    gs_maker_take(&maker, "identity");
    gs_maker_take(&maker, "read_by");
    GS_TRY(gs_maker_rest(&maker));
    *out = gs_maker_map(&maker);
out:
    return rc;
}
