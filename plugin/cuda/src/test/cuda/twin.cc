// A twin of libcuda on the CPU: the calls that Thalweg makes, with kernels compiled from the same source. It is
// stricter than a GPU. Threads run in natural, reversed or shuffled order between barriers, so that a missing barrier
// shows; memory is poisoned when it is allocated and between blocks, so that reads of uninitialized memory show; guard
// bytes surround every allocation; and any call can be told to fail. Execution is synchronous, one device after another.
#include "twin.h"

#include <ucontext.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <numeric>
#include <random>
#include <string>
#include <vector>

extern "C" {
// The linker's names for the ends of the section that holds the kernels' shared memory.
extern char __start_twin_shared[] __attribute__((weak, visibility("hidden")));
extern char __stop_twin_shared[] __attribute__((weak, visibility("hidden")));
}

namespace twin {

int thread;
int threads;
Place block;
Place grid;

namespace {

enum Order { NATURAL, REVERSED, SHUFFLED };

constexpr size_t GUARD = 1024;
constexpr unsigned char GUARD_BYTE = 0xA5;
constexpr unsigned char POISON = 0xFF;  // a NaN in both precisions
constexpr size_t STACK = 256 * 1024;
// Stacks begin so far apart, up to a quarter of their size: at equal distances they would all want the same lines of the caches.
constexpr size_t STAGGER = 5 * 64;

std::recursive_mutex lock;
Kernel* kernels;
Order order = NATURAL;
std::mt19937_64 dice(1);
std::string complaint;
long long launches;
constexpr size_t TOTAL = size_t(1) << 31;
size_t capacity = TOTAL;
std::string failingCall;
int failingIn;
int failingCode;
int failingPeriod;
int failingTimes;
std::map<std::string, long long> calls;

// A device with its primary context.
struct Device {
    std::map<uintptr_t, size_t> allocations;
    size_t allocated = 0;
    long long handles = 0;
    long long launches = 0;
    int contexts = 0;
    int lost = 0;
};
constexpr int MOST_DEVICES = 4;
Device devices[MOST_DEVICES];
int visible = 1;
thread_local std::vector<Device*> entered;

struct Graph {
    Device* device;
    std::vector<std::function<void()>> work;
};
struct Stream {
    Device* device;
    Graph* capture = nullptr;
};
struct Module {
    Device* device;
    std::string image;
};
// A module's function; a kernel runs on the device that it was loaded for.
struct Function {
    Device* device;
    const Kernel* kernel;
};
// Where a fiber stands: __builtin_setjmp's, which leaves to the compiler what must be saved, in half of the library's time.
typedef void* Position[5];
struct Fiber {
    ucontext_t start;
    Position at;
    std::unique_ptr<char[]> stack;
    bool started;
    bool done;
};

std::vector<Fiber> fibers;
int ended;
Position scheduler;
Fiber* running;
const Kernel* current;
const void* currentArgs;

void complain(const std::string& what) {
    if (complaint.empty()) complaint = what;
}

// The main loop of a fiber: one thread of each block after another. It ends by the scheduler's jump and never returns.
void entry() {
    for (;;) {
        current->body(currentArgs);
        running->done = true;
        ended++;
        if (!__builtin_setjmp(running->at)) __builtin_longjmp(scheduler, 1);
    }
}

void resume(Fiber& fiber) {
    running = &fiber;
    if (__builtin_setjmp(scheduler)) return;
    if (fiber.started) __builtin_longjmp(fiber.at, 1);
    fiber.started = true;
    setcontext(&fiber.start);
}

void arrange(std::vector<int>& numbers) {
    if (order == REVERSED) std::reverse(numbers.begin(), numbers.end());
    if (order == SHUFFLED) std::shuffle(numbers.begin(), numbers.end(), dice);
}

// Fills a list that is used again, since a block arranges its threads at each barrier.
std::vector<int>& upTo(int n, std::vector<int>& numbers) {
    numbers.resize(n);
    std::iota(numbers.begin(), numbers.end(), 0);
    arrange(numbers);
    return numbers;
}

void poisonShared() {
    if (__start_twin_shared) memset(__start_twin_shared, POISON, __stop_twin_shared - __start_twin_shared);
}

void runWithBarriers() {
    static std::vector<int> turns;
    ended = 0;
    if (fibers.size() < size_t(threads)) fibers.resize(threads);
    for (int t = 0; t < threads; t++) {
        Fiber& fiber = fibers[t];
        // A fiber that was left at a barrier starts again.
        if (!fiber.stack || !fiber.done) {
            if (!fiber.stack) fiber.stack.reset(new char[STACK]);
            getcontext(&fiber.start);
            fiber.start.uc_stack.ss_sp = fiber.stack.get();
            fiber.start.uc_stack.ss_size = STACK - t * STAGGER % (STACK / 4);
            fiber.start.uc_link = nullptr;
            makecontext(&fiber.start, entry, 0);
            fiber.started = false;
        }
        fiber.done = false;
    }
    for (;;) {
        for (int t : upTo(threads, turns)) {
            thread = t;
            resume(fibers[t]);
        }
        if (ended == threads) return;
        if (ended > 0) {
            complain(std::string(current->name) + ": some threads of a block ended while others wait at a barrier");
            return;
        }
    }
}

void run(const Kernel* kernel, Place extent, int blockThreads, const void* args) {
    launches++;
    current = kernel;
    currentArgs = args;
    grid = extent;
    threads = blockThreads;
    static std::vector<int> zs, ys, xs, turns;
    for (int z : upTo(extent.z, zs))
        for (int y : upTo(extent.y, ys))
            for (int x : upTo(extent.x, xs)) {
                block = {x, y, z};
                if (kernel->barriers) {
                    poisonShared();
                    runWithBarriers();
                } else {
                    running = nullptr;
                    for (int t : upTo(threads, turns)) {
                        thread = t;
                        kernel->body(args);
                    }
                }
            }
}

bool guarded(uintptr_t address, size_t bytes) {
    // Of all allocations after every wait: as fast as bytes compare.
    static const std::vector<unsigned char> whole(GUARD, GUARD_BYTE);
    const unsigned char* begin = reinterpret_cast<unsigned char*>(address);
    return !memcmp(begin - GUARD, whole.data(), GUARD) && !memcmp(begin + bytes, whole.data(), GUARD);
}

void checkGuards() {
    for (Device& device : devices)
        for (auto& one : device.allocations)
            if (!guarded(one.first, one.second)) complain("a kernel or copy wrote outside an allocation of " + std::to_string(one.second) + " bytes");
}

// The device whose context is current.
Device* here() { return entered.empty() ? nullptr : entered.back(); }

// Whether bytes lie within one allocation of the current device.
bool inside(uintptr_t address, size_t bytes) {
    std::map<uintptr_t, size_t>& allocations = here()->allocations;
    auto after = allocations.upper_bound(address);
    if (after == allocations.begin()) return false;
    --after;
    return address + bytes <= after->first + after->second;
}

// Closing a context frees everything in it. A healthy context must be empty by then.
void destroyContext(Device& device) {
    if (!device.lost && (device.allocated || device.handles))
        complain("a context was released with " + std::to_string(device.allocated) + " bytes and " + std::to_string(device.handles) + " handles in it");
    for (auto& one : device.allocations) free(reinterpret_cast<unsigned char*>(one.first) - GUARD);
    device.allocations.clear();
    device.allocated = 0;
    device.handles = 0;
}

// The code that a call must return before it does anything, or 0. A device that is lost stays so; others go on.
int verdict(const char* call, Device* device) {
    calls[call]++;
    if (device && device->lost) return device->lost;
    if (failingIn > 0 && (failingCall == "*" || failingCall == call) && --failingIn == 0) {
        if (failingCode >= 700 && device) device->lost = failingCode;
        if (--failingTimes > 0) failingIn = failingPeriod;
        return failingCode;
    }
    return 0;
}

// What belongs to one device and is used while another one's context is current.
bool foreign(const char* call, const Device* owner) {
    if (owner == here()) return false;
    complain(std::string(call) + " of one device in the context of another, or of none");
    return true;
}

int queue(void* stream, std::function<void()> work) {
    Stream* queue = static_cast<Stream*>(stream);
    if (foreign("a call with a stream", queue->device)) return 400;
    if (queue->capture) {
        queue->capture->work.push_back(std::move(work));
    } else {
        work();
    }
    return 0;
}

int copy(const char* call, void* stream, uintptr_t device, size_t bytes, std::function<void()> work) {
    if (!here() || !inside(device, bytes)) {
        complain(std::string(call) + " reaches outside an allocation");
        return 1;
    }
    return queue(stream, std::move(work));
}

}  // namespace

Kernel::Kernel(const char* name, Body body, size_t argBytes, bool barriers)
    : name(name), body(body), argBytes(argBytes), barriers(barriers), next(kernels) {
    kernels = this;
}

void barrier() {
    if (!running) {
        complain(std::string(current->name) + ": a barrier in a kernel declared without");
        return;
    }
    if (!__builtin_setjmp(running->at)) __builtin_longjmp(scheduler, 1);
}

}  // namespace twin

using namespace twin;

#define CALL(name) CALL_OF(name, here())
#define CALL_OF(name, device)                             \
    std::lock_guard<std::recursive_mutex> held(lock);     \
    if (int code = verdict(name, device)) return code
// Without a current context a call has no device.
#define CALL_IN_CONTEXT(name) \
    CALL(name);               \
    if (!here()) return 201

extern "C" {

// For tests: the order of threads and blocks (0 natural, 1 reversed, 2 shuffled by the seed).
void twin_order(int how, unsigned long long seed) {
    order = Order(how);
    dice.seed(seed);
}

// The n-th call from now on to a function ("*" for any) returns the code; if it is 700 or more, so do all later calls
// for its device. This happens so many times, each after n more calls for devices that are not lost. n = 0 cancels it
// and repairs all devices.
void twin_fail(const char* call, int n, int code, int times) {
    failingCall = call;
    failingIn = failingPeriod = n;
    failingTimes = times;
    failingCode = code;
    if (n == 0)
        for (Device& device : devices) device.lost = 0;
}

// The number of devices that the driver sees.
void twin_devices(int n) { visible = n; }

long long twin_allocated() {
    long long sum = 0;
    for (Device& device : devices) sum += (long long)device.allocated;
    return sum;
}

// The number of open modules, streams and graphs.
long long twin_handles() {
    long long sum = 0;
    for (Device& device : devices) sum += device.handles;
    return sum;
}

// The number of calls to a function so far, whether they failed or not.
long long twin_calls(const char* call) {
    std::lock_guard<std::recursive_mutex> held(lock);
    return calls[call];
}

// The number of kernels that a device has run.
long long twin_launches_on(int device) { return devices[device].launches; }

// The number of kernels that have run in this process.
long long twin_launches() { return launches; }

void twin_capacity(long long bytes) { capacity = size_t(bytes); }

// The first error since the last call, or an empty string.
void twin_complaint(char* text, int length) {
    checkGuards();
    snprintf(text, length, "%s", complaint.c_str());
    complaint.clear();
}

int cuInit(unsigned) {
    CALL("cuInit");
    return 0;
}

int cuDriverGetVersion(int* version) {
    CALL("cuDriverGetVersion");
    *version = 13000;
    return 0;
}

int cuGetErrorName(int code, const char** name) {
    *name = code == 2 ? "CUDA_ERROR_OUT_OF_MEMORY" : code == 700 ? "CUDA_ERROR_ILLEGAL_ADDRESS" : "CUDA_ERROR_OF_THE_TWIN";
    return 0;
}

int cuGetErrorString(int code, const char** text) {
    *text = code == 2 ? "out of memory" : code == 700 ? "an illegal memory access was encountered" : "failed as it was told to";
    return 0;
}

int cuDeviceGetCount(int* count) {
    CALL("cuDeviceGetCount");
    *count = visible;
    return 0;
}

int cuDeviceGet(int* device, int ordinal) {
    CALL("cuDeviceGet");
    *device = ordinal;
    return ordinal >= 0 && ordinal < visible ? 0 : 101;
}

int cuDeviceGetName(char* name, int length, int) {
    CALL("cuDeviceGetName");
    snprintf(name, length, "twin on the CPU");
    return 0;
}

int cuDeviceGetAttribute(int* value, int attribute, int) {
    CALL("cuDeviceGetAttribute");
    *value = attribute == 75 ? 6 : attribute == 76 ? 0 : 4;
    return 0;
}

int cuDeviceTotalMem_v2(size_t* bytes, int) {
    CALL("cuDeviceTotalMem");
    *bytes = TOTAL;
    return 0;
}

int cuDevicePrimaryCtxRetain(void** context, int device) {
    CALL_OF("cuDevicePrimaryCtxRetain", &devices[device]);
    *context = &devices[device];
    devices[device].contexts++;
    return 0;
}

int cuDevicePrimaryCtxRelease_v2(int device) {
    std::lock_guard<std::recursive_mutex> held(lock);
    int code = verdict("cuDevicePrimaryCtxRelease", &devices[device]);
    if (--devices[device].contexts == 0) destroyContext(devices[device]);
    return code;
}

int cuCtxPushCurrent_v2(void* context) {
    CALL_OF("cuCtxPushCurrent", static_cast<Device*>(context));
    entered.push_back(static_cast<Device*>(context));
    return 0;
}

// A context that is lost can still be left.
int cuCtxPopCurrent_v2(void** context) {
    std::lock_guard<std::recursive_mutex> held(lock);
    if (entered.empty()) return 201;
    int code = verdict("cuCtxPopCurrent", here());
    *context = here();
    entered.pop_back();
    return code;
}

int cuMemGetInfo_v2(size_t* free, size_t* total) {
    CALL_IN_CONTEXT("cuMemGetInfo");
    *total = TOTAL;
    *free = here()->allocated < capacity ? capacity - here()->allocated : 0;
    return 0;
}

int cuMemAlloc_v2(unsigned long long* address, size_t bytes) {
    CALL_IN_CONTEXT("cuMemAlloc");
    if (bytes == 0) return 1;
    if (here()->allocated + bytes > capacity) return 2;
    unsigned char* block = static_cast<unsigned char*>(aligned_alloc(256, (bytes + 2 * GUARD + 255) / 256 * 256));
    if (!block) return 2;
    memset(block, GUARD_BYTE, bytes + 2 * GUARD);
    memset(block + GUARD, POISON, bytes);
    *address = reinterpret_cast<uintptr_t>(block + GUARD);
    here()->allocations[uintptr_t(*address)] = bytes;
    here()->allocated += bytes;
    return 0;
}

int cuMemFree_v2(unsigned long long address) {
    std::lock_guard<std::recursive_mutex> held(lock);
    // A lost device frees everything; the twin does so only on request.
    int code = verdict("cuMemFree", here());
    if (!here()) return 201;
    auto found = here()->allocations.find(uintptr_t(address));
    if (found == here()->allocations.end()) {
        complain("cuMemFree of an address that is not allocated");
        return 1;
    }
    if (!guarded(found->first, found->second)) complain("an allocation was overrun");
    here()->allocated -= found->second;
    free(reinterpret_cast<unsigned char*>(found->first) - GUARD);
    here()->allocations.erase(found);
    return code;
}

int cuMemcpyHtoDAsync_v2(unsigned long long to, const void* from, size_t bytes, void* stream) {
    CALL("cuMemcpyHtoDAsync");
    return copy("cuMemcpyHtoDAsync", stream, uintptr_t(to), bytes, [=] { memcpy((void*)uintptr_t(to), from, bytes); });
}

int cuMemcpyDtoHAsync_v2(void* to, unsigned long long from, size_t bytes, void* stream) {
    CALL("cuMemcpyDtoHAsync");
    return copy("cuMemcpyDtoHAsync", stream, uintptr_t(from), bytes, [=] { memcpy(to, (void*)uintptr_t(from), bytes); });
}

int cuMemcpyDtoDAsync_v2(unsigned long long to, unsigned long long from, size_t bytes, void* stream) {
    CALL("cuMemcpyDtoDAsync");
    if (!here() || !inside(uintptr_t(from), bytes)) return 1;
    return copy("cuMemcpyDtoDAsync", stream, uintptr_t(to), bytes, [=] { memmove((void*)uintptr_t(to), (void*)uintptr_t(from), bytes); });
}

int cuMemsetD8Async(unsigned long long address, unsigned char value, size_t bytes, void* stream) {
    CALL("cuMemsetD8Async");
    return copy("cuMemsetD8Async", stream, uintptr_t(address), bytes, [=] { memset((void*)uintptr_t(address), value, bytes); });
}

int cuModuleLoadDataEx(void** module, const char* image, unsigned, int*, void**) {
    CALL_IN_CONTEXT("cuModuleLoadDataEx");
    if (!strstr(image, ".version") || !strstr(image, ".target")) return 218;
    *module = new Module{here(), image};
    here()->handles++;
    return 0;
}

int cuModuleUnload(void* module) {
    static_cast<Module*>(module)->device->handles--;
    delete static_cast<Module*>(module);
    CALL("cuModuleUnload");
    return 0;
}

// A kernel must be in the twin and in the loaded PTX.
int cuModuleGetFunction(void** function, void* module, const char* name) {
    CALL("cuModuleGetFunction");
    const Module* loaded = static_cast<Module*>(module);
    if (loaded->image.find(".entry " + std::string(name) + "(") == std::string::npos) return 500;
    // Functions live as long as the process.
    static std::map<std::pair<Device*, const Kernel*>, Function> functions;
    for (Kernel* kernel = kernels; kernel; kernel = kernel->next)
        if (!strcmp(kernel->name, name)) {
            Function& found = functions[{loaded->device, kernel}];
            found = {loaded->device, kernel};
            *function = &found;
            return 0;
        }
    return 500;
}

int cuStreamCreate(void** stream, unsigned) {
    CALL_IN_CONTEXT("cuStreamCreate");
    *stream = new Stream{here()};
    here()->handles++;
    return 0;
}

int cuStreamDestroy_v2(void* stream) {
    static_cast<Stream*>(stream)->device->handles--;
    delete static_cast<Stream*>(stream);
    CALL("cuStreamDestroy");
    return 0;
}

int cuStreamSynchronize(void*) {
    CALL("cuStreamSynchronize");
    checkGuards();
    return complaint.empty() ? 0 : 700;
}

int cuLaunchKernel(void* function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz, unsigned,
                   void* stream, void** parameters, void**) {
    CALL("cuLaunchKernel");
    Device* device = static_cast<Function*>(function)->device;
    if (foreign("a kernel", device)) return 400;
    const Kernel* kernel = static_cast<Function*>(function)->kernel;
    if (by != 1 || bz != 1 || bx == 0 || bx > 1024 || gx == 0 || gy == 0 || gz == 0 || gy > 65535 || gz > 65535) return 1;
    std::shared_ptr<char> args(static_cast<char*>(malloc(kernel->argBytes)), free);
    memcpy(args.get(), parameters[0], kernel->argBytes);
    return queue(stream, [=] { device->launches++; run(kernel, {int(gx), int(gy), int(gz)}, int(bx), args.get()); });
}

int cuStreamBeginCapture_v2(void* stream, int) {
    CALL("cuStreamBeginCapture");
    if (foreign("a capture", static_cast<Stream*>(stream)->device)) return 400;
    static_cast<Stream*>(stream)->capture = new Graph{here()};
    here()->handles++;
    return 0;
}

int cuStreamEndCapture(void* stream, void** graph) {
    std::lock_guard<std::recursive_mutex> held(lock);
    // A capture always ends; a device that fails at it keeps no graph.
    Graph* captured = static_cast<Stream*>(stream)->capture;
    static_cast<Stream*>(stream)->capture = nullptr;
    int code = verdict("cuStreamEndCapture", here());
    if (code) {
        captured->device->handles--;
        delete captured;
        return code;
    }
    *graph = captured;
    return 0;
}

int cuGraphInstantiateWithFlags(void** executable, void* graph, unsigned long long) {
    CALL("cuGraphInstantiateWithFlags");
    *executable = new Graph(*static_cast<Graph*>(graph));
    static_cast<Graph*>(graph)->device->handles++;
    return 0;
}

int cuGraphLaunch(void* executable, void* stream) {
    CALL("cuGraphLaunch");
    for (auto& work : static_cast<Graph*>(executable)->work) queue(stream, work);
    return 0;
}

int cuGraphExecDestroy(void* executable) {
    static_cast<Graph*>(executable)->device->handles--;
    delete static_cast<Graph*>(executable);
    CALL("cuGraphExecDestroy");
    return 0;
}

int cuGraphDestroy(void* graph) {
    static_cast<Graph*>(graph)->device->handles--;
    delete static_cast<Graph*>(graph);
    CALL("cuGraphDestroy");
    return 0;
}

}  // extern "C"
