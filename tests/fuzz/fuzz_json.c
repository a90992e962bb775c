/* Any bytes as JSON: no crash, and what is read comes back when it is written and read.
 */
#include "graph/base/value.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    gs_arena arena = {.limit = 64 << 20};
    gs_buffer written = {0};
    gs_value value, again;
    gs_error err;

    if (gs_json_parse(&value, &arena, (gs_text){(const char *)bytes, size}, &err) ==
        GS_OK) {
        gs_json_write(&written, value);
        if (written.failed ||
            gs_json_parse(&again, &arena, gs_buffer_view(&written), &err) != GS_OK ||
            !gs_value_same(value, again))
            abort();
    }
    gs_buffer_free(&written);
    gs_arena_free(&arena);
    return 0;
}
