/* Feeds the files it is given into a store, then tells who denied what:
 *     cc example.c $(pkg-config --cflags --libs gainsay) && ./a.out STORE FILE... */
#include <gainsay/gainsay.h>
#include <stdio.h>

static const char question[] =
    "MATCH (a:Actor)-[:MADE]->(d:Denial)-[:DENIES]->(c:Statement) "
    "RETURN a.name, d.date, c.text ORDER BY d.date";

static int fail(const gainsay_error *err)
{
    fprintf(stderr, "example: %s\n", err->text);
    return 1;
}

int main(int argc, char **argv)
{
    const gainsay_feed feed = {.job = "example"};
    gainsay_error err;
    gainsay_job *job;
    gainsay_store *store;
    gainsay_rows *rows = NULL;

    if (argc < 2 || gainsay_job_open(&job, argv[1], &feed, &err) != GAINSAY_OK)
        return argc < 2 ? 2 : fail(&err);
    for (int i = 2; i < argc; i++)
        if (gainsay_job_file(job, argv[i], &err) != GAINSAY_OK)
            fail(&err); /* it costs itself alone */
    if (gainsay_job_close(job, NULL, &err) != GAINSAY_OK ||
        gainsay_open(&store, argv[1], &err) != GAINSAY_OK)
        return fail(&err);
    if (gainsay_query(&rows, store, question, sizeof question - 1, NULL, &err) == GAINSAY_OK)
        while (gainsay_next(rows, &err) == GAINSAY_OK)
            printf("%s, %s, denied: %s\n", gainsay_as_text(gainsay_cell(rows, 0), NULL),
                   gainsay_as_text(gainsay_cell(rows, 1), NULL),
                   gainsay_as_text(gainsay_cell(rows, 2), NULL));
    gainsay_rows_close(rows);
    gainsay_close(store);
    return 0;
}
