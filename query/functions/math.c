#include "query/functions/function.h"

#include <math.h>
#include <sys/random.h>

static gs_code real_of(double *out, const gs_call *call, size_t index)
{
    gs_value of = call->args[index];

    if (of.type != GS_INTEGER && of.type != GS_FLOAT)
        return gs_call_wants(call, "a number", of);
    *out = of.type == GS_INTEGER ? (double)of.as.integer : of.as.real;
    return GS_OK;
}

/* A function of C's library as one of ours. */
#define REAL_FUNCTION(name, expression)                                                  \
    static gs_code call_##name(gs_value *out, const gs_call *call)                       \
    {                                                                                    \
        double x = 0;                                                                    \
        gs_code rc = real_of(&x, call, 0);                                               \
                                                                                         \
        if (rc == GS_OK)                                                                 \
            *out = gs_real(expression);                                                  \
        return rc;                                                                       \
    }

REAL_FUNCTION(ceil, ceil(x))
REAL_FUNCTION(floor, floor(x))
REAL_FUNCTION(sqrt, sqrt(x))
REAL_FUNCTION(exp, exp(x))
REAL_FUNCTION(log, log(x))
REAL_FUNCTION(log10, log10(x))
REAL_FUNCTION(sin, sin(x))
REAL_FUNCTION(cos, cos(x))
REAL_FUNCTION(tan, tan(x))
REAL_FUNCTION(cot, 1 / tan(x))
REAL_FUNCTION(asin, asin(x))
REAL_FUNCTION(acos, acos(x))
REAL_FUNCTION(atan, atan(x))
REAL_FUNCTION(degrees, x * 180 / M_PI)
REAL_FUNCTION(radians, x *M_PI / 180)
REAL_FUNCTION(haversin, (1 - cos(x)) / 2)
REAL_FUNCTION(round, floor(x + 0.5)) /* halves go up, below zero too */

static gs_code call_abs(gs_value *out, const gs_call *call)
{
    gs_value of = call->args[0];
    double x = 0;
    gs_code rc = real_of(&x, call, 0);

    if (rc != GS_OK)
        return rc;
    if (of.type == GS_FLOAT)
        *out = gs_real(fabs(x));
    else if (of.as.integer == INT64_MIN)
        return gs_call_refuse(call, "the result of abs() is past 64 bits");
    else
        *out = gs_integer(of.as.integer < 0 ? -of.as.integer : of.as.integer);
    return GS_OK;
}

static gs_code call_sign(gs_value *out, const gs_call *call)
{
    double x = 0;
    gs_code rc = real_of(&x, call, 0);

    if (rc == GS_OK)
        *out = gs_integer((x > 0) - (x < 0));
    return rc;
}

static gs_code call_atan2(gs_value *out, const gs_call *call)
{
    double y = 0, x = 0;
    gs_code rc;

    GS_TRY(real_of(&y, call, 0));
    GS_TRY(real_of(&x, call, 1));
    *out = gs_real(atan2(y, x));
out:
    return rc;
}

static gs_code call_pi(gs_value *out, const gs_call *call)
{
    (void)call;
    *out = gs_real(M_PI);
    return GS_OK;
}

static gs_code call_e(gs_value *out, const gs_call *call)
{
    (void)call;
    *out = gs_real(M_E);
    return GS_OK;
}

static gs_code call_rand(gs_value *out, const gs_call *call)
{
    uint64_t bits;

    if (getrandom(&bits, sizeof bits, 0) != sizeof bits)
        return gs_fail(call->err, GS_FAILED, "the system gives no random numbers");
    *out = gs_real((double)(bits >> 11) * 0x1p-53);
    return GS_OK;
}

const gs_function gs_functions_math[] = {
    {"abs", 1, 1, 0, call_abs, NULL},         {"ceil", 1, 1, 0, call_ceil, NULL},
    {"floor", 1, 1, 0, call_floor, NULL},     {"round", 1, 1, 0, call_round, NULL},
    {"sign", 1, 1, 0, call_sign, NULL},       {"sqrt", 1, 1, 0, call_sqrt, NULL},
    {"exp", 1, 1, 0, call_exp, NULL},         {"log", 1, 1, 0, call_log, NULL},
    {"log10", 1, 1, 0, call_log10, NULL},     {"sin", 1, 1, 0, call_sin, NULL},
    {"cos", 1, 1, 0, call_cos, NULL},         {"tan", 1, 1, 0, call_tan, NULL},
    {"cot", 1, 1, 0, call_cot, NULL},         {"asin", 1, 1, 0, call_asin, NULL},
    {"acos", 1, 1, 0, call_acos, NULL},       {"atan", 1, 1, 0, call_atan, NULL},
    {"atan2", 2, 2, 0, call_atan2, NULL},     {"degrees", 1, 1, 0, call_degrees, NULL},
    {"radians", 1, 1, 0, call_radians, NULL}, {"haversin", 1, 1, 0, call_haversin, NULL},
    {"pi", 0, 0, 0, call_pi, NULL},           {"e", 0, 0, 0, call_e, NULL},
    {"rand", 0, 0, 0, call_rand, NULL},       {0}};
