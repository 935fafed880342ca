/* A Fleetmark worker over the C API of ONNX Runtime: one file, no other library. The protocol is docs/worker-protocol.md; build it with build.sh.
 * It answers `capabilities` and `launch` for FP32 models with one float32 input and one float32 output on the CPU. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "onnxruntime_c_api.h"

#define LINE_LIMIT (1 << 20)   /* of the protocol: bytes of a line */
#define VALUE_LIMIT 100000     /* of the protocol: plain values of one message */
#define NEWEST 101             /* calls whose median is told as progress */
#define PROGRESS_NS 250000000

static int protocol;           /* where messages go; descriptor 1 belongs to libraries that print */
static pthread_mutex_t speaking = PTHREAD_MUTEX_INITIALIZER;
static char request[LINE_LIMIT + 2];
static const OrtApi *ort;

/* ---- messages ---- */

static int64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

/* Writes a whole message at once: the thread that reads stdin may speak too. When nobody listens the agent is gone. */
static void say(const char *text, size_t length) {
    pthread_mutex_lock(&speaking);
    while (length > 0) {
        ssize_t written = write(protocol, text, length);
        if (written < 0 && errno != EINTR) _exit(16);
        if (written > 0) text += written, length -= (size_t)written;
    }
    pthread_mutex_unlock(&speaking);
}

static void sayf(const char *format, ...) {
    char line[4096];
    va_list values;
    va_start(values, format);
    int length = vsnprintf(line, sizeof line, format, values);
    va_end(values);
    say(line, (size_t)length);
}

/* Ends the process with an error message and its exit code. Quotes and control characters of the text become blanks: no JSON needs to be escaped then. */
static _Noreturn void fail(const char *code, int exit_code, const char *more, const char *format, ...) {
    char text[1024];
    va_list values;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    for (char *at = text; *at; at++)
        if ((unsigned char)*at < ' ' || *at == '"' || *at == '\\') *at = ' ';
    sayf("{\"type\":\"error\",\"code\":\"%s\",\"message\":\"%s\"%s}\n", code, text, more);
    _exit(exit_code);
}

#define BAD_REQUEST "bad-request", 10
#define UNSUPPORTED "unsupported", 11
#define MODEL "model", 12
#define OUT_OF_MEMORY "out-of-memory", 13
#define WRONG_OUTPUT "wrong-output", 15
#define CANCELLED "cancelled", 16

static void enter(const char *phase) { sayf("{\"type\":\"phase\",\"name\":\"%s\",\"at\":%lld}\n", phase, (long long)now()); }

/* ---- JSON: just enough to find fields of the request ---- */

static const char *blank(const char *at) {
    while (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n') at++;
    return at;
}

/* Behind the value that begins at `at`; NULL when there is none. */
static const char *skip(const char *at, int depth) {
    at = blank(at);
    if (depth > 64) return NULL;
    if (*at == '"') {
        for (at++; *at != '"'; at++)
            if (*at == '\0' || (*at == '\\' && *++at == '\0')) return NULL;
        return at + 1;
    }
    if (*at == '{' || *at == '[') {
        const bool is_object = *at == '{';
        const char end = is_object ? '}' : ']';
        at = blank(at + 1);
        if (*at == end) return at + 1;
        for (;;) {
            if (is_object && (*at != '"' || (at = skip(at, depth + 1)) == NULL || *(at = blank(at)) != ':')) return NULL;
            if ((at = skip(is_object ? at + 1 : at, depth + 1)) == NULL) return NULL;
            at = blank(at);
            if (*at == end) return at + 1;
            if (*at != ',') return NULL;
            at = blank(at + 1);
        }
    }
    const char *begin = at;
    while (*at && strchr("+-.0123456789abcdefghijklmnopqrstuvwxyzE", *at)) at++;
    return at > begin ? at : NULL;
}

/* The value of a field of the object at `object`; NULL when it has none. The request was skipped as a whole before, so it is sound. */
static const char *field(const char *object, const char *name) {
    if (object == NULL || *(object = blank(object)) != '{') return NULL;
    const size_t length = strlen(name);
    for (const char *at = blank(object + 1); *at == '"';) {
        const char *key = at + 1, *end = skip(at, 0), *value = blank(blank(end) + 1);
        if ((size_t)(end - 1 - key) == length && memcmp(key, name, length) == 0) return strncmp(value, "null", 4) == 0 ? NULL : value;
        at = blank(skip(value, 0));
        if (*at == ',') at = blank(at + 1);
    }
    return NULL;
}

static long long number(const char *object, const char *name, long long otherwise) {
    const char *value = field(object, name);
    return value ? strtoll(value, NULL, 10) : otherwise;
}

static bool is(const char *object, const char *name, const char *word) {
    const char *value = field(object, name);
    const size_t length = strlen(word);
    return value && *value == '"' && strncmp(value + 1, word, length) == 0 && value[1 + length] == '"';
}

static unsigned hex(const char *at) {
    unsigned value = 0;
    sscanf(at, "%4x", &value);
    return value;
}

/* A text without its escapes, as UTF-8. */
static char *text(const char *value) {
    if (value == NULL || *value != '"') fail(BAD_REQUEST, "", "a text is missing");
    char *copy = malloc(strlen(value)), *to = copy;
    for (const char *at = value + 1; *at != '"'; at++) {
        if (*at != '\\') { *to++ = *at; continue; }
        const char *plain = strchr("\"\"\\\\//b\bf\fn\nr\rt\t", *++at);
        if (*at != 'u') { *to++ = plain ? plain[1] : *at; continue; }
        unsigned code = hex(at + 1);
        at += 4;
        if (code >= 0xD800 && code < 0xDC00 && at[1] == '\\' && at[2] == 'u') code = 0x10000 + ((code - 0xD800) << 10) + (hex(at + 3) - 0xDC00), at += 6;
        if (code < 0x80) *to++ = (char)code;
        else if (code < 0x800) *to++ = (char)(0xC0 | code >> 6), *to++ = (char)(0x80 | (code & 63));
        else if (code < 0x10000) *to++ = (char)(0xE0 | code >> 12), *to++ = (char)(0x80 | (code >> 6 & 63)), *to++ = (char)(0x80 | (code & 63));
        else *to++ = (char)(0xF0 | code >> 18), *to++ = (char)(0x80 | (code >> 12 & 63)), *to++ = (char)(0x80 | (code >> 6 & 63)), *to++ = (char)(0x80 | (code & 63));
    }
    *to = '\0';
    return copy;
}

/* The whole numbers of an array; their count. */
static int numbers(const char *array, int64_t *values, int limit) {
    int count = 0;
    if (array == NULL || *array != '[') return 0;
    for (const char *at = blank(array + 1); *at != ']' && count < limit; at = blank(skip(at, 0)), at = *at == ',' ? blank(at + 1) : at)
        values[count++] = strtoll(at, NULL, 10);
    return count;
}

/* ---- stdin: the request, then perhaps `cancel`, then its end ---- */

static bool read_line(char *line) {
    size_t length = 0;
    for (char next; read(0, &next, 1) == 1;) {
        if (next == '\n') return line[length] = '\0', true;
        if (length < LINE_LIMIT) line[length++] = next;
    }
    return false;
}

static void *listen_for_cancel(void *line) {
    while (read_line(line))
        if (skip(line, 0) && is(line, "type", "cancel")) fail(CANCELLED, "", "cancelled");
    _exit(16); /* the agent is gone */
}

/* ---- SHA-256 (FIPS 180-4) ---- */

static uint32_t rotated(uint32_t x, int by) { return x >> by | x << (32 - by); }

static void sha256_block(uint32_t state[8], const uint8_t *block, const uint32_t k[64]) {
    uint32_t w[64], s[8];
    for (int i = 0; i < 16; i++) w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 | (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    for (int i = 16; i < 64; i++)
        w[i] = w[i - 16] + w[i - 7] + (rotated(w[i - 15], 7) ^ rotated(w[i - 15], 18) ^ w[i - 15] >> 3) + (rotated(w[i - 2], 17) ^ rotated(w[i - 2], 19) ^ w[i - 2] >> 10);
    memcpy(s, state, sizeof s);
    for (int i = 0; i < 64; i++) {
        uint32_t one = s[7] + (rotated(s[4], 6) ^ rotated(s[4], 11) ^ rotated(s[4], 25)) + ((s[4] & s[5]) ^ (~s[4] & s[6])) + k[i] + w[i];
        uint32_t two = (rotated(s[0], 2) ^ rotated(s[0], 13) ^ rotated(s[0], 22)) + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
        memmove(s + 1, s, 7 * sizeof *s);
        s[0] = one + two, s[4] += one;
    }
    for (int i = 0; i < 8; i++) state[i] += s[i];
}

/* The first 32 bits of the fraction of a root of a prime: where the constants of SHA-256 come from. */
static uint32_t fraction(long double root) { return (uint32_t)((root - floorl(root)) * 4294967296.0L); }

static void sha256(const uint8_t *data, size_t length, char hexadecimal[65]) {
    uint32_t k[64], state[8];
    for (int prime = 2, found = 0; found < 64; prime++) {
        bool is_prime = true;
        for (int d = 2; d * d <= prime; d++) is_prime &= prime % d != 0;
        if (!is_prime) continue;
        if (found < 8) state[found] = fraction(sqrtl(prime));
        k[found++] = fraction(cbrtl(prime));
    }
    size_t whole = length / 64 * 64;
    for (size_t at = 0; at < whole; at += 64) sha256_block(state, data + at, k);
    uint8_t last[128] = {0};
    memcpy(last, data + whole, length - whole);
    last[length - whole] = 0x80;
    size_t end = length - whole < 56 ? 64 : 128;
    for (int i = 0; i < 8; i++) last[end - 1 - i] = (uint8_t)((uint64_t)length * 8 >> 8 * i);
    for (size_t at = 0; at < end; at += 64) sha256_block(state, last + at, k);
    for (int i = 0; i < 8; i++) sprintf(hexadecimal + 8 * i, "%08x", state[i]);
}

/* ---- ONNX Runtime ---- */

/* Loads the library: not before `hello`, because it is large. */
static const char *load_runtime(void) {
    const char *path = getenv("ORT_LIBRARY") ? getenv("ORT_LIBRARY") : ORT_LIBRARY;
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return dlerror();
    const OrtApiBase *(*base)(void);
    *(void **)&base = dlsym(library, "OrtGetApiBase");
    if (base == NULL) return "the library has no OrtGetApiBase";
    ort = base()->GetApi(ORT_API_VERSION);
    return ort ? NULL : "the library is older than the header this worker was built with";
}

/* Ends the process when the runtime refused: in the load it is the model's fault unless memory ran out. */
static void ok(OrtStatus *status, const char *code, int exit_code) {
    if (status == NULL) return;
    const char *words = ort->GetErrorMessage(status);
    if (strstr(words, "bad_alloc") || strstr(words, "allocate memory")) fail(OUT_OF_MEMORY, "", "%s", words);
    fail(code, exit_code, "", "%s", words);
}

struct model {
    OrtSession *session;
    OrtIoBinding *binding;
    OrtValue *input, *output;
    float *from, *bound_input, *bound_output, *to; /* the caller's memory and the runtime's */
    size_t input_length, output_length;
    bool copies; /* e2e: copy in, run, copy out */
};

static uint8_t *file_bytes(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) fail(MODEL, "", "%s: %s", path, strerror(errno));
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    uint8_t *bytes = size > 0 ? malloc((size_t)size) : NULL;
    if (bytes == NULL || fread(bytes, 1, (size_t)size, file) != (size_t)size) fail(MODEL, "", "%s cannot be read", path);
    fclose(file);
    *length = (size_t)size;
    return bytes;
}

static size_t product(const int64_t *shape, size_t rank) {
    size_t count = 1;
    for (size_t i = 0; i < rank; i++) count *= (size_t)shape[i];
    return count;
}

static struct model load(const char *launch) {
    const char *file = field(launch, "model");
    size_t length;
    uint8_t *bytes = file_bytes(text(field(file, "path")), &length);
    char found[65];
    sha256(bytes, length, found);
    if (field(file, "sha256") && !is(file, "sha256", found)) fail(MODEL, "", "the file has SHA-256 %s", found);

    struct model m = {.copies = is(launch, "scope", "e2e")};
    OrtEnv *env;
    OrtSessionOptions *options;
    ok(ort->CreateEnv(ORT_LOGGING_LEVEL_WARNING, "worker", &env), MODEL);
    ok(ort->CreateSessionOptions(&options), MODEL);
    ok(ort->SetSessionGraphOptimizationLevel(options, ORT_ENABLE_ALL), MODEL);
    ok(ort->SetSessionExecutionMode(options, ORT_SEQUENTIAL), MODEL);
    ok(ort->SetInterOpNumThreads(options, 1), MODEL);
    ok(ort->SetIntraOpNumThreads(options, (int)number(launch, "threads", 1)), MODEL);
    ok(ort->CreateSessionFromArray(env, bytes, length, options, &m.session), MODEL);
    free(bytes);

    size_t inputs, outputs;
    ok(ort->SessionGetInputCount(m.session, &inputs), MODEL);
    ok(ort->SessionGetOutputCount(m.session, &outputs), MODEL);
    if (inputs != 1 || outputs != 1) fail(MODEL, "", "the model has %zu inputs and %zu outputs, one each is bound here", inputs, outputs);

    int64_t shape[8];
    const char *inputs_asked = field(launch, "inputs");
    size_t rank = (size_t)numbers(field(inputs_asked ? blank(inputs_asked + 1) : NULL, "shape"), shape, 8);
    m.input_length = product(shape, rank);
    OrtAllocator *allocator;
    char *input_name, *output_name;
    ok(ort->GetAllocatorWithDefaultOptions(&allocator), MODEL);
    ok(ort->SessionGetInputName(m.session, 0, allocator, &input_name), MODEL);
    ok(ort->SessionGetOutputName(m.session, 0, allocator, &output_name), MODEL);
    ok(ort->CreateTensorAsOrtValue(allocator, shape, rank, ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT, &m.input), MODEL);
    ok(ort->GetTensorMutableData(m.input, (void **)&m.bound_input), MODEL);
    m.from = malloc(m.input_length * sizeof(float));
    uint64_t random = (uint64_t)number(launch, "seed", 1) * 2 + 1;
    for (size_t i = 0; i < m.input_length; i++) {
        random = random * 6364136223846793005ULL + 1442695040888963407ULL;
        m.from[i] = (float)(random >> 40) / (1 << 22) - 2.0f; /* -2 to 2, like a normalised image */
    }
    memcpy(m.bound_input, m.from, m.input_length * sizeof(float));

    /* The first call tells the shape of the output; from then on it has a place of its own. */
    enter("first");
    OrtValue *first = NULL;
    ok(ort->Run(m.session, NULL, (const char *const *)&input_name, (const OrtValue *const *)&m.input, 1, (const char *const *)&output_name, 1, &first), MODEL);
    OrtTensorTypeAndShapeInfo *info;
    ONNXTensorElementDataType type;
    ok(ort->GetTensorTypeAndShape(first, &info), MODEL);
    ok(ort->GetTensorElementType(info, &type), MODEL);
    ok(ort->GetDimensionsCount(info, &rank), MODEL);
    if (type != ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT || rank > 8) fail(MODEL, "", "the output is not float32");
    ok(ort->GetDimensions(info, shape, rank), MODEL);
    m.output_length = product(shape, rank);
    ort->ReleaseValue(first);
    ok(ort->CreateTensorAsOrtValue(allocator, shape, rank, ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT, &m.output), MODEL);
    ok(ort->GetTensorMutableData(m.output, (void **)&m.bound_output), MODEL);
    m.to = malloc(m.output_length * sizeof(float));
    ok(ort->CreateIoBinding(m.session, &m.binding), MODEL);
    ok(ort->BindInput(m.binding, input_name, m.input), MODEL);
    ok(ort->BindOutput(m.binding, output_name, m.output), MODEL);
    return m;
}

static int64_t call(struct model *m) {
    int64_t begin = now();
    if (m->copies) memcpy(m->bound_input, m->from, m->input_length * sizeof(float));
    OrtStatus *status = ort->RunWithBinding(m->session, NULL, m->binding);
    if (m->copies) memcpy(m->to, m->bound_output, m->output_length * sizeof(float));
    int64_t end = now();
    ok(status, "device", 14);
    return end - begin;
}

/* ---- a launch ---- */

static int by_size(const void *a, const void *b) {
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static int64_t median_of_newest(const int64_t *times, long long count) {
    int64_t sorted[NEWEST];
    int n = count < NEWEST ? (int)count : NEWEST;
    memcpy(sorted, times + count - n, (size_t)n * sizeof *sorted);
    qsort(sorted, (size_t)n, sizeof *sorted, by_size);
    return sorted[n / 2];
}

/* Calls until `least` calls and `min_ms` are reached, or `floor` calls and `max_ms`, or `most` calls; warm-up keeps the newest times only. */
static long long time_calls(struct model *m, const char *phase, int64_t *times, long long room, long long least, long long floor, long long most, long long min_ms, long long max_ms) {
    int64_t begin = now(), told = begin;
    for (long long calls = 0;;) {
        times[calls++ % room] = call(m);
        int64_t at = now();
        long long ms = (at - begin) / 1000000;
        if (at - told >= PROGRESS_NS) {
            told = at;
            long long filled = calls < room ? calls : room;
            sayf("{\"type\":\"progress\",\"phase\":\"%s\",\"calls\":%lld,\"elapsedMs\":%lld,\"medianNs\":%lld}\n", phase, calls, ms, (long long)median_of_newest(times, filled));
        }
        if (calls >= most || (calls >= least && ms >= min_ms) || (calls >= floor && ms >= max_ms)) return calls;
    }
}

static void say_samples(const int64_t *times, long long count) {
    char *line = malloc(64 + (size_t)count * 21), *at = line;
    at += sprintf(at, "{\"type\":\"samples\",\"series\":\"latency\",\"n\":%lld,\"values\":[", count);
    for (long long i = 0; i < count; i++) at += sprintf(at, i ? ",%lld" : "%lld", (long long)times[i]);
    at += sprintf(at, "]}\n");
    say(line, (size_t)(at - line));
}

static void check_launch(const char *launch) {
    if (!is(launch, "kind", "latency")) fail(UNSUPPORTED, "", "only latency launches are done here");
    if (!is(launch, "provider", "cpu")) fail(UNSUPPORTED, "", "only the provider cpu is there");
    if (!is(launch, "precision", "fp32")) fail(UNSUPPORTED, "", "only fp32 is computed here");
    if (!is(launch, "scope", "e2e") && !is(launch, "scope", "device")) fail(UNSUPPORTED, "", "scopes are e2e and device");
    if (!is(field(launch, "model"), "format", "onnx")) fail(UNSUPPORTED, "", "only ONNX files are read here");
    const char *options = field(launch, "options");
    if (options && *blank(options + 1) != '}') fail(UNSUPPORTED, "", "no option is known here");
}

static void pin(const char *launch) {
    int64_t cores[1024];
    int count = numbers(field(launch, "cpus"), cores, 1024);
    cpu_set_t set;
    CPU_ZERO(&set);
    for (int i = 0; i < count; i++) CPU_SET((size_t)cores[i], &set);
    if (count > 0 && sched_setaffinity(0, sizeof set, &set) != 0) fail("device", 14, "", "cores cannot be used: %s", strerror(errno));
}

static void launch_model(const char *launch) {
    check_launch(launch);
    pthread_t listener;
    char *line = malloc(LINE_LIMIT + 1);
    pthread_create(&listener, NULL, listen_for_cancel, line);
    enter("load");
    pin(launch);
    const char *missing = load_runtime();
    if (missing) fail("device", 14, "", "%s", missing);
    struct model m = load(launch);
    enter("warmup");
    const char *warmup = field(launch, "warmup"), *sample = field(launch, "sample");
    int64_t newest[NEWEST];
    time_calls(&m, "warmup", newest, NEWEST, number(warmup, "minCalls", 1), 1, INT64_MAX, number(warmup, "minMs", 0), number(warmup, "capMs", 0));
    long long most = number(sample, "maxCount", VALUE_LIMIT);
    if (most > VALUE_LIMIT) most = VALUE_LIMIT;
    int64_t *times = calloc((size_t)most, sizeof *times);
    enter("sample");
    int64_t begin = now();
    long long count = time_calls(
        &m, "sample", times, most, number(sample, "minCount", 1), number(sample, "floorCount", 1), most, number(sample, "minMs", 0), number(sample, "maxMs", 0));
    int64_t end = now();
    enter("finish");
    for (size_t i = 0; i < m.output_length; i++)
        if (!isfinite(m.bound_output[i])) fail(WRONG_OUTPUT, "", "the output holds values that are not finite");
    say_samples(times, count);
    sayf("{\"type\":\"result\",\"windowStart\":%lld,\"windowEnd\":%lld,\"output\":{\"finite\":true},\"effective\":{\"precision\":\"fp32\",\"threads\":%lld,"
         "\"options\":{\"graph_optimization_level\":\"ORT_ENABLE_ALL\",\"execution_mode\":\"ORT_SEQUENTIAL\",\"inter_op_num_threads\":\"1\"}}}\n",
         (long long)begin, (long long)end, number(launch, "threads", 1));
}

int main(void) {
    protocol = dup(1);
    dup2(2, 1);
    sayf("{\"type\":\"hello\",\"protocol\":1,\"worker\":\"c-example\",\"version\":\"1\",\"runtime\":\"ONNX Runtime (C API)\",\"runtimeVersion\":\"%s\",\"pid\":%d,\"supported\":[1]}\n",
         ORT_VERSION, (int)getpid());
    if (!read_line(request)) _exit(16);
    const char *end = skip(request, 0);
    if (end == NULL || *blank(end) != '\0' || *blank(request) != '{') fail(BAD_REQUEST, "", "the request is no JSON object");
    if (number(request, "protocol", 0) != 1) fail(BAD_REQUEST, ",\"supported\":[1]", "only protocol 1 is spoken here");
    if (is(request, "type", "capabilities")) {
        const char *missing = load_runtime();
        for (char *at = (char *)missing; missing && *at; at++)
            if (*at == '"' || *at == '\\') *at = ' ';
        sayf("{\"type\":\"capabilities\",\"formats\":[\"onnx\"],\"optionKeys\":[],\"providers\":[{\"name\":\"cpu\",\"devices\":[{\"state\":\"%s\",\"reason\":\"%.500s\"}],"
             "\"precisions\":[\"fp32\"],\"scopes\":[\"e2e\",\"device\"],\"kinds\":[\"latency\"]}]}\n", missing ? "missing-library" : "ok", missing ? missing : "");
    } else if (is(request, "type", "launch")) {
        launch_model(request);
    } else {
        fail(UNSUPPORTED, "", "only capabilities and launches are answered here");
    }
    _exit(0); /* at once, although a thread reads stdin */
}
