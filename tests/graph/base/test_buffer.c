#include "graph/base/buffer.h"
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void grows(void **state)
{
    gs_buffer buffer = {0};

    (void)state;
    assert_int_equal(gs_buffer_view(&buffer).size, 0);
    gs_buffer_text(&buffer, (gs_text){NULL, 0});
    for (int i = 0; i < 1000; i++) {
        gs_buffer_format(&buffer, "%03d", i);
        gs_buffer_char(&buffer, ',');
        gs_buffer_text(&buffer, GS_TEXT("x\0y"));
    }
    assert_int_equal(buffer.size, 7000);
    assert_memory_equal(buffer.bytes + 6993, "999,x\0y", 7);
    assert_false(buffer.failed);
    gs_buffer_clear(&buffer);
    assert_int_equal(buffer.size, 0);
    gs_buffer_bytes(&buffer, "ab", 2);
    assert_true(gs_text_equal(gs_buffer_view(&buffer), GS_TEXT("ab")));
    gs_buffer_free(&buffer);
    assert_null(buffer.bytes);
    gs_buffer_free(&buffer);
}

static void failure_is_remembered(void **state)
{
    gs_buffer buffer = {0};

    (void)state;
    gs_buffer_bytes(&buffer, "ab", 2);
    gs_buffer_bytes(&buffer, "", SIZE_MAX - 1);
    assert_true(buffer.failed);
    gs_buffer_bytes(&buffer, "cd", 2);
    assert_int_equal(buffer.size, 2);
    gs_buffer_clear(&buffer);
    assert_false(buffer.failed);
    gs_buffer_free(&buffer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grows),
        cmocka_unit_test(failure_is_remembered),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
