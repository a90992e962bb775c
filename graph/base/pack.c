/* Values to MessagePack. */
#include "graph/base/value.h"
#include <assert.h>
#include <msgpack/pack.h>

static int append(void *buffer, const char *bytes, size_t size)
{
    gs_buffer_bytes(buffer, bytes, size);
    return ((gs_buffer *)buffer)->failed ? -1 : 0;
}

static void pack_text(msgpack_packer *packer, gs_buffer *out, gs_text text)
{
    if (text.size > UINT32_MAX)
        out->failed = true;
    else if (msgpack_pack_str(packer, text.size) == 0 && text.size > 0)
        msgpack_pack_str_body(packer, text.bytes, text.size);
}

static void pack(msgpack_packer *packer, gs_buffer *out, gs_value value, int depth)
{
    if (depth > GS_DEPTH_MAX)
        out->failed = true;
    if (out->failed)
        return;
    switch (value.type) {
    case GS_NULL:
        msgpack_pack_nil(packer);
        break;
    case GS_BOOLEAN:
        (value.as.boolean ? msgpack_pack_true : msgpack_pack_false)(packer);
        break;
    case GS_INTEGER:
        msgpack_pack_int64(packer, value.as.integer);
        break;
    case GS_FLOAT:
        msgpack_pack_double(packer, value.as.real);
        break;
    case GS_STRING:
        pack_text(packer, out, value.as.string);
        break;
    case GS_DATE:
        msgpack_pack_ext(packer, value.as.date->size, GS_EXT_DATE);
        msgpack_pack_ext_body(packer, value.as.date->text, value.as.date->size);
        break;
    case GS_LIST:
        msgpack_pack_array(packer, value.as.list.count);
        for (size_t i = 0; i < value.as.list.count; i++)
            pack(packer, out, value.as.list.items[i], depth + 1);
        break;
    case GS_MAP:
        msgpack_pack_map(packer, value.as.map.count);
        for (size_t i = 0; i < value.as.map.count; i++) {
            pack_text(packer, out, value.as.map.entries[i].key);
            pack(packer, out, value.as.map.entries[i].value, depth + 1);
        }
        break;
    case GS_NODE:
    case GS_EDGE:
    case GS_PATH:
        assert(!"elements and paths cannot be packed");
        out->failed = true;
        break;
    }
}

void gs_pack(gs_buffer *out, gs_value value)
{
    msgpack_packer packer;

    msgpack_packer_init(&packer, out, append);
    pack(&packer, out, value, 0);
}

gs_code gs_pack_compare(int *out, gs_value a, gs_value b, gs_error *err)
{
    gs_buffer left = {0}, right = {0};
    gs_code rc = GS_OK;

    gs_pack(&left, a);
    gs_pack(&right, b);
    if (left.failed || right.failed)
        rc = gs_fail_memory(err);
    else
        *out = gs_text_compare(gs_buffer_view(&left), gs_buffer_view(&right));
    gs_buffer_free(&left);
    gs_buffer_free(&right);
    return rc;
}
