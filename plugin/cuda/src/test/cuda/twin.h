// The part of the twin that kernels see: their position in the grid, the barrier, and the list of kernels.
#pragma once
#include <cstddef>

namespace twin {

struct Place {
    int x, y, z;
};

extern int thread;
extern int threads;
extern Place block;
extern Place grid;

// Returns when every thread of the block has arrived.
void barrier();

typedef void (*Body)(const void* args);

struct Kernel {
    Kernel(const char* name, Body body, size_t argBytes, bool barriers);
    const char* name;
    Body body;
    size_t argBytes;
    bool barriers;
    Kernel* next;
};

}  // namespace twin

#define TWIN_KERNEL(name, Args, barriers)                                                                   \
    static void name##_body(const Args& args);                                                              \
    static void name##_call(const void* args) { name##_body(*static_cast<const Args*>(args)); }             \
    static twin::Kernel name##_kernel(#name, name##_call, sizeof(Args), barriers);                          \
    static void name##_body(const Args& args)
