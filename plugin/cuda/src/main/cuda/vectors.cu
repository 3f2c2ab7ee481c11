// Long vectors: inner products and combinations, in double for all types, since memory limits their speed, not
// arithmetic. Needs rows.cu.

// z[row, share] = the part of <x[row], y> that one block sums: share BX of row BY.
struct DotArgs {
    Long length, perShare, shares;
    const void* x;
    Long xRow;
    const void* y;
    double* z;
};

template <class T> DEVICE void dot(const DotArgs& a, double* sums) {
    const T* x = (const T*)a.x + BY * a.xRow;
    const T* y = (const T*)a.y;
    Long from = BX * a.perShare, to = from + a.perShare < a.length ? from + a.perShare : a.length;
    double mine = 0;
    for (Long k = from + TX; k < to; k += ROW_THREADS) mine = fma_(double(x[k]), double(y[k]), mine);
    double total = sumOfThreads(mine, sums);
    if (TX == 0) a.z[BY * a.shares + BX] = total;
}

#define DOT(T)                             \
    BLOCK_KERNEL(dot_##T, DotArgs) {       \
        SHARED(double, sums, ROW_THREADS); \
        dot<T>(args, sums);                \
    }
DOT(float)
DOT(double)

// z[row] = (keep z[row] + sum_j c[row, j] x[j]) / divisor, row BY. Without c there is one x, with the coefficient first.
struct CombineArgs {
    Long length;
    int terms;
    const void* x;
    Long xRow;
    const double* c;
    double first, keep, divisor;
    void* z;
    Long zRow;
};

template <class T> DEVICE void combine(const CombineArgs& a) {
    Long element = (Long)BX * THREADS + TX;
    if (element >= a.length) return;
    T* z = (T*)a.z + BY * a.zRow + element;
    const T* x = (const T*)a.x + element;
    double sum = a.keep == 0 ? 0 : a.keep * double(*z);
    for (int j = 0; j < a.terms; j++)
        sum = fma_(a.c ? a.c[(Long)BY * a.terms + j] : a.first, double(x[j * a.xRow]), sum);
    *z = T(sum / a.divisor);
}
KERNEL(combine_float, CombineArgs) { combine<float>(args); }
KERNEL(combine_double, CombineArgs) { combine<double>(args); }
