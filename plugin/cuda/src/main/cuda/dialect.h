// One source for two compilers: clang compiles it to PTX, g++ to the kernels of the driver's twin on the CPU (-DTWIN),
// where a block's threads are fibers. A kernel takes one struct by value and gets its position from TX, BX, BY, BZ.
//
//   KERNEL(name, Args) { ... args.x ... }         threads that never meet
//   BLOCK_KERNEL(name, Args) { ... BARRIER; ... } threads of a block that meet at barriers and share memory
//
// There are no warp-level operations and no atomics: the order of sums depends on shapes alone, so every run gives the
// same bits, on every device of a kind.
#pragma once

#ifdef TWIN

#include <cmath>
#include "../../test/cuda/twin.h"

#define KERNEL(name, Args) TWIN_KERNEL(name, Args, false)
#define BLOCK_KERNEL(name, Args) TWIN_KERNEL(name, Args, true)
#define SHARED(T, name, n) static T name[n] __attribute__((section("twin_shared")))
#define DEVICE static inline
#define DEVICE_MEMBER
#define TX twin::thread
#define THREADS twin::threads
#define BX twin::block.x
#define BY twin::block.y
#define BZ twin::block.z
#define GRID_X twin::grid.x
#define BARRIER twin::barrier()

DEVICE float fma_(float a, float b, float c) { return std::fma(a, b, c); }
DEVICE double fma_(double a, double b, double c) { return std::fma(a, b, c); }
DEVICE float sqrt_(float x) { return std::sqrt(x); }
DEVICE double sqrt_(double x) { return std::sqrt(x); }

#else

#define KERNEL(name, Args) extern "C" __attribute__((global)) void name(const Args args)
#define BLOCK_KERNEL(name, Args) KERNEL(name, Args)
#define SHARED(T, name, n) static __attribute__((shared)) T name[n]
#define DEVICE static inline __attribute__((device))
#define DEVICE_MEMBER __attribute__((device))
#define TX ((int)__nvvm_read_ptx_sreg_tid_x())
#define THREADS ((int)__nvvm_read_ptx_sreg_ntid_x())
#define BX ((int)__nvvm_read_ptx_sreg_ctaid_x())
#define BY ((int)__nvvm_read_ptx_sreg_ctaid_y())
#define BZ ((int)__nvvm_read_ptx_sreg_ctaid_z())
#define GRID_X ((int)__nvvm_read_ptx_sreg_nctaid_x())
#define BARRIER __syncthreads()

DEVICE float fma_(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
DEVICE double fma_(double a, double b, double c) { return __builtin_fma(a, b, c); }
DEVICE float sqrt_(float x) { return __nvvm_sqrt_rn_f(x); }
DEVICE double sqrt_(double x) { return __nvvm_sqrt_rn_d(x); }
#endif

typedef long long Long;

#include "functions.h"
