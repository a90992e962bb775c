#include "query/functions/function.h"

#include <stdarg.h>
#include <stdio.h>
#include <strings.h>

static const gs_function *const families[] = {
    gs_functions_graph,  gs_functions_list,   gs_functions_math,
    gs_functions_string, gs_functions_date,   gs_functions_field,
    gs_functions_speech, gs_functions_search, gs_functions_aggregate};

const gs_function *gs_function_at(size_t index)
{
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        for (const gs_function *f = families[i]; f->name != NULL; f++)
            if (index-- == 0)
                return f;
    return NULL;
}

const gs_function *gs_function_find(gs_text name)
{
    const gs_function *f;

    for (size_t i = 0; (f = gs_function_at(i)) != NULL; i++) {
        gs_text known = gs_text_of(f->name);
        if (known.size == name.size &&
            strncasecmp(known.bytes, name.bytes, name.size) == 0)
            return f;
    }
    return NULL;
}

gs_code gs_call_refuse(const gs_call *call, const char *format, ...)
{
    char text[384];
    va_list list;

    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    return gs_refuse_row(call->err, call->run->text, call->expr->place, "TypeError",
                         "InvalidArgumentType", "%s", text);
}

gs_code gs_call_wants(const gs_call *call, const char *what, gs_value not_this)
{
    return gs_refuse_row(call->err, call->run->text, call->expr->place, "TypeError",
                         "InvalidArgumentValue", "%s() takes %s, not %s",
                         call->expr->function->name, what, gs_type_name(not_this.type));
}

gs_code gs_call_memory(const gs_call *call)
{
    return gs_fail_memory(call->err);
}
