/* Merged is one, in the plainest way: a graph in which each class is a node, before any
 * query is asked. */
#include "tests/query/naive.h"

/* The shorter interval is the better date; of two as long the earlier one. */
static void take_date(gs_value *best, gs_value date)
{
    int64_t a, b;

    if (date.type != GS_DATE)
        return;
    if (best->type == GS_DATE) {
        a = date.as.date->latest - date.as.date->earliest;
        b = best->as.date->latest - best->as.date->earliest;
        if (a > b || (a == b && date.as.date->earliest >= best->as.date->earliest))
            return;
    }
    *best = date;
}

/* Edges of one type between the same two classes are the oldest of them, best dated. */
static void merge_edges(nv_graph *graph, const size_t *class, const bool *merged)
{
    size_t kept = 0;

    for (size_t i = 0; i < graph->edge_count; i++) {
        nv_edge edge = graph->edges[i];
        size_t k = 0;

        edge.start = class[edge.start];
        edge.end = class[edge.end];
        if (!merged[edge.start] && !merged[edge.end])
            k = kept; /* parallel ones between nodes that stand alone stay */
        while (k < kept &&
               (graph->edges[k].start != edge.start || graph->edges[k].end != edge.end ||
                graph->edges[k].type != edge.type))
            k++;
        if (k == kept)
            graph->edges[kept++] = edge;
        else
            take_date(&graph->edges[k].properties[NV_DATE_KEY],
                      edge.properties[NV_DATE_KEY]);
    }
    graph->edge_count = kept;
}

/* The first of a class has the smallest id: its properties stand, but for the date. */
void nv_merge(nv_graph *graph)
{
    size_t class[NV_NODES], place[NV_NODES], kept = 0;
    bool merged[NV_NODES] = {false};

    for (size_t i = 0; i < graph->node_count; i++) {
        class[i] = graph->nodes[i].same == i ? i : class[graph->nodes[i].same];
        if (class[i] == i)
            continue;
        merged[class[i]] = true;
        take_date(&graph->nodes[class[i]].properties[NV_DATE_KEY],
                  graph->nodes[i].properties[NV_DATE_KEY]);
    }
    merge_edges(graph, class, merged);
    for (size_t i = 0; i < graph->node_count; i++) {
        place[i] = kept;
        if (class[i] == i)
            graph->nodes[kept++] = graph->nodes[i];
    }
    graph->node_count = kept;
    for (size_t i = 0; i < graph->edge_count; i++) {
        graph->edges[i].start = place[graph->edges[i].start];
        graph->edges[i].end = place[graph->edges[i].end];
    }
}
