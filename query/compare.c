#include "query/compare.h"

#include "graph/base/hash.h"
#include <math.h>

gs_truth gs_truth_not(gs_truth a)
{
    return a == GS_UNKNOWN ? GS_UNKNOWN : a == GS_TRUE ? GS_FALSE : GS_TRUE;
}

gs_truth gs_truth_and(gs_truth a, gs_truth b)
{
    if (a == GS_FALSE || b == GS_FALSE)
        return GS_FALSE;
    return a == GS_TRUE && b == GS_TRUE ? GS_TRUE : GS_UNKNOWN;
}

gs_truth gs_truth_or(gs_truth a, gs_truth b)
{
    if (a == GS_TRUE || b == GS_TRUE)
        return GS_TRUE;
    return a == GS_FALSE && b == GS_FALSE ? GS_FALSE : GS_UNKNOWN;
}

gs_value gs_truth_value(gs_truth truth)
{
    return truth == GS_UNKNOWN ? gs_null : gs_boolean(truth == GS_TRUE);
}

static gs_truth truth_of(bool b)
{
    return b ? GS_TRUE : GS_FALSE;
}

static bool is_number(gs_value v)
{
    return v.type == GS_INTEGER || v.type == GS_FLOAT;
}

static bool is_nan(gs_value v)
{
    return v.type == GS_FLOAT && isnan(v.as.real);
}

static int sign(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* An integer beside a float, without losing the integer's last bits. No NaN. */
static int order_mixed(int64_t n, double d)
{
    double whole;

    if (d >= 0x1p63)
        return -1;
    if (d < -0x1p63)
        return 1;
    whole = trunc(d);
    if (n != (int64_t)whole)
        return sign(n, (int64_t)whole);
    return (whole > d) - (whole < d);
}

/* Numbers in order, NaN above all. */
static int order_numbers(gs_value a, gs_value b)
{
    if (is_nan(a) || is_nan(b))
        return (int)is_nan(a) - (int)is_nan(b);
    if (a.type == GS_INTEGER && b.type == GS_INTEGER)
        return sign(a.as.integer, b.as.integer);
    if (a.type == GS_INTEGER)
        return order_mixed(a.as.integer, b.as.real);
    if (b.type == GS_INTEGER)
        return -order_mixed(b.as.integer, a.as.real);
    return (a.as.real > b.as.real) - (a.as.real < b.as.real);
}

bool gs_read_date(gs_edtf *out, gs_value value)
{
    gs_error ignored;

    if (value.type == GS_DATE) {
        *out = *value.as.date;
        return true;
    }
    return value.type == GS_STRING &&
           gs_edtf_parse(out, value.as.string, &ignored) == GS_OK;
}

/* Whether one of the two is a date and the other may be read as one. */
static bool are_dates(gs_value a, gs_value b, gs_edtf *x, gs_edtf *y)
{
    return (a.type == GS_DATE || b.type == GS_DATE) && gs_read_date(x, a) &&
           gs_read_date(y, b);
}

static gs_truth equal_lists(gs_value a, gs_value b)
{
    gs_truth all = GS_TRUE;

    if (a.as.list.count != b.as.list.count)
        return GS_FALSE;
    for (size_t i = 0; i < a.as.list.count && all != GS_FALSE; i++)
        all = gs_truth_and(all, gs_equal(a.as.list.items[i], b.as.list.items[i]));
    return all;
}

static const gs_value *entry_of(gs_value map, gs_text key)
{
    for (size_t i = 0; i < map.as.map.count; i++)
        if (gs_text_equal(map.as.map.entries[i].key, key))
            return &map.as.map.entries[i].value;
    return NULL;
}

static gs_truth equal_maps(gs_value a, gs_value b)
{
    gs_truth all = GS_TRUE;

    if (a.as.map.count != b.as.map.count)
        return GS_FALSE;
    for (size_t i = 0; i < a.as.map.count; i++)
        if (entry_of(b, a.as.map.entries[i].key) == NULL)
            return GS_FALSE;
    for (size_t i = 0; i < a.as.map.count && all != GS_FALSE; i++)
        all = gs_truth_and(all, gs_equal(a.as.map.entries[i].value,
                                         *entry_of(b, a.as.map.entries[i].key)));
    return all;
}

gs_truth gs_equal(gs_value a, gs_value b)
{
    gs_edtf x, y;

    if (a.type == GS_NULL || b.type == GS_NULL)
        return GS_UNKNOWN;
    if (is_number(a) && is_number(b))
        return truth_of(!is_nan(a) && !is_nan(b) && order_numbers(a, b) == 0);
    if (are_dates(a, b, &x, &y))
        return truth_of(gs_edtf_equal(&x, &y));
    if (a.type != b.type)
        return GS_FALSE;
    switch (a.type) {
    case GS_BOOLEAN:
        return truth_of(a.as.boolean == b.as.boolean);
    case GS_STRING:
        return truth_of(gs_text_equal(a.as.string, b.as.string));
    case GS_LIST:
        return equal_lists(a, b);
    case GS_MAP:
        return equal_maps(a, b);
    case GS_NODE:
    case GS_EDGE:
        return truth_of(a.as.element.number == b.as.element.number);
    case GS_PATH:
        return equal_lists(gs_list(a.as.path.items, a.as.path.count),
                           gs_list(b.as.path.items, b.as.path.count));
    default:
        return GS_FALSE;
    }
}

/* Item by item; the first two that differ decide. */
static gs_truth less_lists(gs_value a, gs_value b, bool or_equal)
{
    size_t n = a.as.list.count < b.as.list.count ? a.as.list.count : b.as.list.count;

    for (size_t i = 0; i < n; i++) {
        gs_truth equal = gs_equal(a.as.list.items[i], b.as.list.items[i]);
        if (equal == GS_UNKNOWN)
            return GS_UNKNOWN;
        if (equal == GS_FALSE)
            return gs_less(a.as.list.items[i], b.as.list.items[i], or_equal);
    }
    return truth_of(a.as.list.count < b.as.list.count ||
                    (or_equal && a.as.list.count == b.as.list.count));
}

gs_truth gs_less(gs_value a, gs_value b, bool or_equal)
{
    gs_edtf x, y;
    int order;

    if (is_number(a) && is_number(b)) {
        order = order_numbers(a, b);
        return truth_of(!is_nan(a) && !is_nan(b) &&
                        (order < 0 || (or_equal && order == 0)));
    }
    if (are_dates(a, b, &x, &y))
        return or_equal ? gs_edtf_not_after(&x, &y) : gs_edtf_before(&x, &y);
    if (a.type != b.type)
        return GS_UNKNOWN;
    switch (a.type) {
    case GS_BOOLEAN:
        order = (int)a.as.boolean - (int)b.as.boolean;
        break;
    case GS_STRING:
        order = gs_text_compare(a.as.string, b.as.string);
        break;
    case GS_LIST:
        return less_lists(a, b, or_equal);
    default:
        return GS_UNKNOWN;
    }
    return truth_of(order < 0 || (or_equal && order == 0));
}

/* The types in the order that ORDER BY gives them. */
static int rank(gs_type type)
{
    static const int ranks[] = {
        [GS_MAP] = 0,     [GS_NODE] = 1,  [GS_EDGE] = 2,   [GS_LIST] = 3,
        [GS_PATH] = 4,    [GS_DATE] = 5,  [GS_STRING] = 6, [GS_BOOLEAN] = 7,
        [GS_INTEGER] = 8, [GS_FLOAT] = 8, [GS_NULL] = 9};

    return ranks[type];
}

static int order_lists(const gs_value *a, size_t a_count, const gs_value *b,
                       size_t b_count)
{
    for (size_t i = 0; i < a_count && i < b_count; i++) {
        int order = gs_order(a[i], b[i]);
        if (order != 0)
            return order;
    }
    return sign((int64_t)a_count, (int64_t)b_count);
}

static int order_maps(gs_value a, gs_value b)
{
    for (size_t i = 0; i < a.as.map.count && i < b.as.map.count; i++) {
        int order = gs_text_compare(a.as.map.entries[i].key, b.as.map.entries[i].key);
        if (order == 0)
            order = gs_order(a.as.map.entries[i].value, b.as.map.entries[i].value);
        if (order != 0)
            return order;
    }
    return sign((int64_t)a.as.map.count, (int64_t)b.as.map.count);
}

int gs_order(gs_value a, gs_value b)
{
    if (rank(a.type) != rank(b.type))
        return rank(a.type) < rank(b.type) ? -1 : 1;
    switch (a.type) {
    case GS_NULL:
        return 0;
    case GS_BOOLEAN:
        return (int)a.as.boolean - (int)b.as.boolean;
    case GS_INTEGER:
    case GS_FLOAT:
        return order_numbers(a, b);
    case GS_STRING:
        return gs_text_compare(a.as.string, b.as.string);
    case GS_DATE:
        return gs_edtf_order(a.as.date, b.as.date);
    case GS_LIST:
        return order_lists(a.as.list.items, a.as.list.count, b.as.list.items,
                           b.as.list.count);
    case GS_MAP:
        return order_maps(a, b);
    case GS_PATH:
        return order_lists(a.as.path.items, a.as.path.count, b.as.path.items,
                           b.as.path.count);
    case GS_NODE:
    case GS_EDGE:
        break;
    }
    return (a.as.element.number > b.as.element.number) -
           (a.as.element.number < b.as.element.number);
}

static bool equivalent_maps(gs_value a, gs_value b)
{
    if (a.as.map.count != b.as.map.count)
        return false;
    for (size_t i = 0; i < a.as.map.count; i++) {
        const gs_value *other = entry_of(b, a.as.map.entries[i].key);
        if (other == NULL || !gs_equivalent(a.as.map.entries[i].value, *other))
            return false;
    }
    return true;
}

static bool equivalent_items(const gs_value *a, size_t a_count, const gs_value *b,
                             size_t b_count)
{
    if (a_count != b_count)
        return false;
    for (size_t i = 0; i < a_count; i++)
        if (!gs_equivalent(a[i], b[i]))
            return false;
    return true;
}

bool gs_equivalent(gs_value a, gs_value b)
{
    if (is_number(a) && is_number(b))
        return order_numbers(a, b) == 0;
    if (a.type != b.type)
        return false;
    switch (a.type) {
    case GS_MAP:
        return equivalent_maps(a, b);
    case GS_LIST:
        return equivalent_items(a.as.list.items, a.as.list.count, b.as.list.items,
                                b.as.list.count);
    case GS_PATH:
        return equivalent_items(a.as.path.items, a.as.path.count, b.as.path.items,
                                b.as.path.count);
    case GS_DATE:
        return gs_edtf_equal(a.as.date, b.as.date);
    default:
        return gs_order(a, b) == 0;
    }
}

/* The finishing step of splitmix64: spreads what little differs over all bits. */
static uint64_t mix(uint64_t x)
{
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

static uint64_t hash_text(gs_text text)
{
    return gs_checksum(text.bytes, text.size);
}

static uint64_t hash_items(const gs_value *items, size_t count)
{
    uint64_t hash = count;

    for (size_t i = 0; i < count; i++)
        hash = mix(hash + 0x9e3779b97f4a7c15u) ^ gs_value_hash(items[i]);
    return hash;
}

/* Of whatever order its keys are in. */
static uint64_t hash_map(gs_value map)
{
    uint64_t hash = map.as.map.count;

    for (size_t i = 0; i < map.as.map.count; i++)
        hash += mix(hash_text(map.as.map.entries[i].key)) ^
                gs_value_hash(map.as.map.entries[i].value);
    return hash;
}

/* 1 and 1.0 are equivalent, so a whole float hashes as the integer. */
static uint64_t hash_real(double d)
{
    if (d >= -0x1p63 && d < 0x1p63 && d == trunc(d))
        return (uint64_t)(int64_t)d;
    return isnan(d) ? 7 : hash_text((gs_text){(const char *)&d, sizeof d});
}

static uint64_t hash_content(gs_value v)
{
    switch (v.type) {
    case GS_BOOLEAN:
        return v.as.boolean ? 2 : 1;
    case GS_INTEGER:
        return (uint64_t)v.as.integer;
    case GS_FLOAT:
        return hash_real(v.as.real);
    case GS_STRING:
        return hash_text(v.as.string);
    case GS_DATE:
        return (uint64_t)v.as.date->earliest * 31 + (uint64_t)v.as.date->latest;
    case GS_LIST:
        return hash_items(v.as.list.items, v.as.list.count);
    case GS_MAP:
        return hash_map(v);
    case GS_PATH:
        return hash_items(v.as.path.items, v.as.path.count);
    case GS_NODE:
    case GS_EDGE:
        return v.as.element.number;
    case GS_NULL:
        break;
    }
    return 0;
}

uint64_t gs_value_hash(gs_value value)
{
    return mix(hash_content(value) + (uint64_t)rank(value.type) * 0x9e3779b97f4a7c15u);
}

static bool nests_within(gs_value value, int depth)
{
    if (value.type == GS_LIST) {
        for (size_t i = 0; i < value.as.list.count; i++)
            if (depth == 0 || !nests_within(value.as.list.items[i], depth - 1))
                return false;
    } else if (value.type == GS_MAP) {
        for (size_t i = 0; i < value.as.map.count; i++)
            if (depth == 0 || !nests_within(value.as.map.entries[i].value, depth - 1))
                return false;
    }
    return true;
}

bool gs_nests_well(gs_value value)
{
    return nests_within(value, GS_NESTING_MAX - 8);
}
