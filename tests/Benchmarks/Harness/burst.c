/* The rival of the harness: the plainest loop one would write in C. Clock, run, clock, store. */
#include <onnxruntime_c_api.h>
#include <stdint.h>
#include <time.h>

static int64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Times count runs in nanoseconds. Returns the first status that is no success. */
OrtStatus *fleetmark_burst(const OrtApi *api, OrtSession *session, const OrtRunOptions *options, const OrtIoBinding *binding, int64_t *elapsed, int64_t count)
{
    for (int64_t i = 0; i < count; i++) {
        int64_t begin = now();
        OrtStatus *status = api->RunWithBinding(session, options, binding);
        if (status)
            return status;
        elapsed[i] = now() - begin;
    }
    return NULL;
}
