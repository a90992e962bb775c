#include "query/expression.h"

#include "graph/base/number.h"
#include <math.h>
#include <string.h>

/* Two operands and where to complain. */
typedef struct sum {
    gs_run *run;
    gs_expr_kind kind;
    gs_value a, b;
    gs_place place;
    gs_arena *arena;
    gs_error *err;
} sum;

gs_text gs_number_text(gs_arena *arena, gs_value number)
{
    char digits[GS_REAL_ROOM];

    if (number.type == GS_INTEGER)
        return gs_text_format(arena, "%lld", (long long)number.as.integer);
    if (isnan(number.as.real))
        return GS_TEXT("NaN");
    if (isinf(number.as.real))
        return number.as.real > 0 ? GS_TEXT("Infinity") : GS_TEXT("-Infinity");
    return gs_text_copy(arena, (gs_text){digits, gs_real_write(digits, number.as.real)});
}

static const char *mark_of(gs_expr_kind kind)
{
    switch (kind) {
    case GS_E_ADD:
        return "+";
    case GS_E_SUBTRACT:
        return "-";
    case GS_E_MULTIPLY:
        return "*";
    case GS_E_DIVIDE:
        return "/";
    case GS_E_MODULO:
        return "%";
    default:
        return "^";
    }
}

static bool is_number(gs_value v)
{
    return v.type == GS_INTEGER || v.type == GS_FLOAT;
}

static double real_of(gs_value v)
{
    return v.type == GS_INTEGER ? (double)v.as.integer : v.as.real;
}

static gs_code refuse_types(const sum *s)
{
    return gs_refuse_row(s->err, s->run->text, s->place, "TypeError",
                         "InvalidArgumentType", "%s %s %s has no meaning",
                         gs_type_name(s->a.type), mark_of(s->kind),
                         gs_type_name(s->b.type));
}

static gs_code divide(int64_t *out, const sum *s)
{
    int64_t a = s->a.as.integer, b = s->b.as.integer;

    if (b == 0)
        return gs_refuse_row(s->err, s->run->text, s->place, "ArithmeticError",
                             "DivisionByZero", "division by zero");
    if (b == -1) /* the one quotient past the range, and a trap for the processor */
        *out = s->kind == GS_E_MODULO ? 0 : (int64_t)(0 - (uint64_t)a);
    else
        *out = s->kind == GS_E_MODULO ? a % b : a / b;
    return GS_OK;
}

static gs_code integers(gs_value *out, const sum *s)
{
    int64_t a = s->a.as.integer, b = s->b.as.integer, n = 0;
    bool over = false;
    gs_code rc = GS_OK;

    switch (s->kind) {
    case GS_E_ADD:
        over = __builtin_add_overflow(a, b, &n);
        break;
    case GS_E_SUBTRACT:
        over = __builtin_sub_overflow(a, b, &n);
        break;
    case GS_E_MULTIPLY:
        over = __builtin_mul_overflow(a, b, &n);
        break;
    default:
        over = s->kind == GS_E_DIVIDE && a == INT64_MIN && b == -1;
        rc = divide(&n, s);
    }
    if (over)
        return gs_refuse_row(s->err, s->run->text, s->place, "ArithmeticError",
                             "IntegerOverflow", "the result is past 64 bits");
    if (rc == GS_OK)
        *out = gs_integer(n);
    return rc;
}

static gs_value reals(gs_expr_kind kind, double a, double b)
{
    switch (kind) {
    case GS_E_ADD:
        return gs_real(a + b);
    case GS_E_SUBTRACT:
        return gs_real(a - b);
    case GS_E_MULTIPLY:
        return gs_real(a * b);
    case GS_E_DIVIDE:
        return gs_real(a / b);
    case GS_E_MODULO:
        return gs_real(fmod(a, b));
    default:
        return gs_real(pow(a, b));
    }
}

static gs_code join_lists(gs_value *out, const sum *s)
{
    gs_value a = s->a.type == GS_LIST ? s->a : gs_list(&s->a, 1);
    gs_value b = s->b.type == GS_LIST ? s->b : gs_list(&s->b, 1);
    size_t count = a.as.list.count + b.as.list.count;
    gs_value *items = gs_arena_array(s->arena, count, sizeof *items);

    if (items == NULL)
        return gs_fail_memory(s->err);
    if (a.as.list.count > 0)
        memcpy(items, a.as.list.items, a.as.list.count * sizeof *items);
    if (b.as.list.count > 0)
        memcpy(items + a.as.list.count, b.as.list.items, b.as.list.count * sizeof *items);
    *out = gs_list(items, count);
    return GS_OK;
}

static gs_text text_of(const sum *s, gs_value v)
{
    if (v.type == GS_STRING)
        return v.as.string;
    if (v.type == GS_DATE)
        return gs_edtf_text(v.as.date);
    return gs_number_text(s->arena, v);
}

static gs_code join_texts(gs_value *out, const sum *s)
{
    gs_text pieces[2] = {text_of(s, s->a), text_of(s, s->b)}, joined;

    joined = gs_text_join(s->arena, pieces, 2, GS_TEXT(""));
    if (joined.bytes == NULL)
        return gs_fail_memory(s->err);
    *out = gs_string(joined);
    return gs_run_bytes(s->run, joined.size, s->err);
}

static bool joins(gs_value text, gs_value other)
{
    return text.type == GS_STRING &&
           (other.type == GS_STRING || other.type == GS_DATE || is_number(other));
}

gs_code gs_calculate(gs_value *out, gs_run *run, gs_expr_kind kind, gs_value a,
                     gs_value b, gs_place place, gs_arena *arena, gs_error *err)
{
    sum s = {run, kind, a, b, place, arena, err};

    if (kind == GS_E_ADD && (a.type == GS_LIST || b.type == GS_LIST) &&
        !(a.type == GS_NULL || b.type == GS_NULL))
        return join_lists(out, &s);
    if (a.type == GS_NULL || b.type == GS_NULL) {
        *out = gs_null;
        return GS_OK;
    }
    if (is_number(a) && is_number(b)) {
        if (a.type == GS_INTEGER && b.type == GS_INTEGER && kind != GS_E_POWER)
            return integers(out, &s);
        *out = reals(kind, real_of(a), real_of(b));
        return GS_OK;
    }
    if (kind == GS_E_ADD && (joins(a, b) || joins(b, a)))
        return join_texts(out, &s);
    return refuse_types(&s);
}
