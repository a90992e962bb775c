/* Any bytes as MessagePack: no crash, bounded memory, and what is read comes back. */
#include "graph/base/value.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    gs_arena arena = {0};
    gs_buffer packed = {0};
    gs_value value, again;
    gs_error err;
    size_t used = 0;

    if (gs_unpack(&value, &used, &arena, (gs_text){(const char *)bytes, size}, &err) ==
        GS_OK) {
        gs_pack(&packed, value);
        if (used > size || packed.failed ||
            gs_unpack(&again, &used, &arena, gs_buffer_view(&packed), &err) != GS_OK ||
            used != packed.size || !gs_value_same(value, again))
            abort();
    }
    if (arena.used > 2 * (64 * size + 1024) + 300 * size)
        abort();
    gs_buffer_free(&packed);
    gs_arena_free(&arena);
    return 0;
}
