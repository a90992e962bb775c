#include "fetch/address.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/un.h>

#include <cmocka.h>

static bool is_local(const char *text)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};

    if (strchr(text, ':') == NULL) {
        assert_int_equal(inet_pton(AF_INET, text, &v4.sin_addr), 1);
        return gs_address_is_local((const struct sockaddr *)&v4);
    }
    assert_int_equal(inet_pton(AF_INET6, text, &v6.sin6_addr), 1);
    return gs_address_is_local((const struct sockaddr *)&v6);
}

/* The edges of each block, and what carries an IPv4 address in it. */
static void local_ones_are_known(void **state)
{
    static const char *const all[] = {
        "0.0.0.0",
        "0.255.255.255",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.169.254",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.168.0.0",
        "192.168.255.255",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.7",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fdff::1",
        "ff02::1",
        "fec0::1",
        "2001:db8::1",
        "2001::1",
        "::ffff:127.0.0.1",
        "::ffff:10.1.2.3",
        "64:ff9b::10.0.0.1",
        "2002:7f00:1::",
        "2002:c0a8:101::1",
        "::127.0.0.1",
        "100::1",
        "64:ff9b::127.0.0.1",
        "4000::1",
    };
    struct sockaddr_un other = {.sun_family = AF_UNIX};

    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (!is_local(all[i]))
            fail_msg("%s is taken for a public address", all[i]);
    assert_true(gs_address_is_local((const struct sockaddr *)&other));
}

static void public_ones_are_known(void **state)
{
    static const char *const all[] = {
        "1.1.1.1",          "9.255.255.255",   "11.0.0.0",        "100.63.255.255",
        "100.128.0.0",      "126.255.255.255", "128.0.0.1",       "169.253.255.255",
        "169.255.0.0",      "172.15.255.255",  "172.32.0.0",      "192.0.1.1",
        "192.167.255.255",  "192.169.0.0",     "198.17.255.255",  "198.20.0.0",
        "223.255.255.255",  "2600::1",         "2a00:1450::1",    "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8", "2002:808:808::",  "2001:4860::8888", "3fff:ffff::1",
    };

    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (is_local(all[i]))
            fail_msg("%s is taken for a local address", all[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(local_ones_are_known),
        cmocka_unit_test(public_ones_are_known),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
