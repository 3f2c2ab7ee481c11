// Operations on whole rows: softmax, normalization, sums.
#include "dialect.h"

const int ROW_THREADS = 128;

struct RowsArgs {
    int rows, columns;
    const void* x;
    void* z;
    Long xPoint, zPoint;
};

// The sum of the threads' numbers, by a fixed tree. All threads get it.
DEVICE double sumOfThreads(double mine, double* shared) {
    shared[TX] = mine;
    BARRIER;
    for (int half = ROW_THREADS / 2; half > 0; half /= 2) {
        if (TX < half) shared[TX] += shared[TX + half];
        BARRIER;
    }
    double sum = shared[0];
    BARRIER;
    return sum;
}

template <class T> DEVICE T largestOfThreads(T mine, T* shared) {
    shared[TX] = mine;
    BARRIER;
    for (int half = ROW_THREADS / 2; half > 0; half /= 2) {
        if (TX < half && shared[TX + half] > shared[TX]) shared[TX] = shared[TX + half];
        BARRIER;
    }
    T largest = shared[0];
    BARRIER;
    return largest;
}

// One block per row.
template <class T> DEVICE void softmax(const RowsArgs& a, T* largest, double* sums) {
    const T* x = (const T*)a.x + BZ * a.xPoint + (Long)BX * a.columns;
    T* z = (T*)a.z + BZ * a.zPoint + (Long)BX * a.columns;
    T top = -infinity_(T(0));
    for (int c = TX; c < a.columns; c += ROW_THREADS) top = x[c] > top || x[c] != x[c] ? x[c] : top;
    top = largestOfThreads(top, largest);
    double sum = 0;
    for (int c = TX; c < a.columns; c += ROW_THREADS) sum += double(exp_(x[c] - top));
    T scale = T(1.0 / sumOfThreads(sum, sums));
    for (int c = TX; c < a.columns; c += ROW_THREADS) z[c] = exp_(x[c] - top) * scale;
}

#define SOFTMAX(T)                                \
    BLOCK_KERNEL(softmax_##T, RowsArgs) {         \
        SHARED(T, largest, ROW_THREADS);          \
        SHARED(double, sums, ROW_THREADS);        \
        softmax<T>(args, largest, sums);          \
    }
SOFTMAX(float)
SOFTMAX(double)

struct NormalizeArgs {
    Long length;
    int channels;
    const void *x, *mean, *variance, *gamma, *beta;
    void* z;
    Long xPoint, meanPoint, variancePoint, gammaPoint, betaPoint, zPoint;
};

template <class T> DEVICE void normalize(const NormalizeArgs& a) {
    Long element = (Long)BX * THREADS + TX;
    if (element >= a.length) return;
    int c = int(element % a.channels);
    T scale = ((const T*)a.gamma)[BZ * a.gammaPoint + c] / sqrt_(((const T*)a.variance)[BZ * a.variancePoint + c]);
    T centered = ((const T*)a.x)[BZ * a.xPoint + element] - ((const T*)a.mean)[BZ * a.meanPoint + c];
    ((T*)a.z)[BZ * a.zPoint + element] = centered * scale + ((const T*)a.beta)[BZ * a.betaPoint + c];
}
KERNEL(normalize_float, NormalizeArgs) { normalize<float>(args); }
KERNEL(normalize_double, NormalizeArgs) { normalize<double>(args); }

// z[kept] = the sum of x over the summed axes. One block per result and share: share s of the summed elements goes to
// parts[s, results], which a second launch with one share adds in order. Sums are in double.
const int SUM_AXES = 6;

struct SumArgs {
    int keptAxes, summedAxes;
    int keptShape[SUM_AXES], summedShape[SUM_AXES];
    Long keptStride[SUM_AXES], zStride[SUM_AXES], summedStride[SUM_AXES];
    Long results, summed, perShare;
    const void* x;
    void* z;
    int doubleIn, doubleOut;
    Long xPoint, zPoint;
};

DEVICE Long place(Long element, int axes, const int* shape, const Long* stride) {
    Long at = 0;
#pragma unroll
    for (int axis = SUM_AXES - 1; axis >= 0; axis--) {
        if (axis < axes) {
            Long rest = element / shape[axis];
            at += (element - rest * shape[axis]) * stride[axis];
            element = rest;
        }
    }
    return at;
}

BLOCK_KERNEL(sum, SumArgs) {
    SHARED(double, sums, ROW_THREADS);
    Long result = BX, from = BY * args.perShare;
    Long to = from + args.perShare < args.summed ? from + args.perShare : args.summed;
    Long base = BZ * args.xPoint + place(result, args.keptAxes, args.keptShape, args.keptStride);
    double mine = 0;
    for (Long k = from + TX; k < to; k += ROW_THREADS) {
        Long at = base + place(k, args.summedAxes, args.summedShape, args.summedStride);
        mine += args.doubleIn ? ((const double*)args.x)[at] : double(((const float*)args.x)[at]);
    }
    double total = sumOfThreads(mine, sums);
    if (TX == 0) {
        Long at = BZ * args.zPoint + BY * args.results + place(result, args.keptAxes, args.keptShape, args.zStride);
        if (args.doubleOut) {
            ((double*)args.z)[at] = total;
        } else {
            ((float*)args.z)[at] = float(total);
        }
    }
}
