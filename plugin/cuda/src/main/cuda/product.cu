// c[z] = alpha a[z] b[z] + beta c[z], for matrices of any strides; z counts the matrices of a stack, for one point
// of a surface after another.
#include "tile.h"

struct ProductArgs {
    const void *a, *b;
    void* c;
    int rows, columns, depth;
    Long aRow, aColumn, bRow, bColumn, cRow, cColumn;
    int stack;  // number of matrices of a stack
    Long aStack, bStack, cStack;
    Long aPoint, bPoint, cPoint;
    double alpha, beta;
};

// Elements of one row, or of one column, are neighbours in memory.
template <class T, bool rowwise> struct Left {
    static const bool ROWS_NEIGHBOUR = !rowwise;
    const T* p;
    Long row, column;
    int rows;
    DEVICE_MEMBER T operator()(int m, int k) const { return m < rows ? p[m * row + k * column] : T(0); }
};
template <class T, bool rowwise> struct Right {
    static const bool COLUMNS_NEIGHBOUR = rowwise;
    const T* p;
    Long row, column;
    int columns;
    DEVICE_MEMBER T operator()(int k, int n) const { return n < columns ? p[k * row + n * column] : T(0); }
};
template <class T> struct Result {
    T* c;
    Long row, column;
    T alpha, beta;
    DEVICE_MEMBER void operator()(int m, int n, T sum) const {
        T* at = c + m * row + n * column;
        T value = alpha * sum;
        *at = beta == T(0) ? value : fma_(beta, *at, value);
    }
};

template <class T, bool leftRowwise, bool rightRowwise>
DEVICE void product(const ProductArgs& g, T* sharedA, T* sharedB) {
    const int point = BZ / g.stack, matrix = BZ - point * g.stack;
    Left<T, leftRowwise> a = {(const T*)g.a + matrix * g.aStack + point * g.aPoint, g.aRow, g.aColumn, g.rows};
    Right<T, rightRowwise> b = {(const T*)g.b + matrix * g.bStack + point * g.bPoint, g.bRow, g.bColumn, g.columns};
    Result<T> c = {(T*)g.c + matrix * g.cStack + point * g.cPoint, g.cRow, g.cColumn, T(g.alpha), T(g.beta)};
    multiply<T>(a, b, c, g.rows, g.columns, BX, BY, 0, g.depth, sharedA, sharedB);
}

#define PRODUCT(name, T, left, right)                 \
    BLOCK_KERNEL(name, ProductArgs) {                 \
        TILE_SHARED(T)                                \
        product<T, left, right>(args, sharedA, sharedB); \
    }

// The letters give the layout of a and b: n if the elements of a row are neighbours, t if those of a column are.
PRODUCT(product_nn_float, float, true, true)
PRODUCT(product_nt_float, float, true, false)
PRODUCT(product_tn_float, float, false, true)
PRODUCT(product_tt_float, float, false, false)
PRODUCT(product_nn_double, double, true, true)
PRODUCT(product_nt_double, double, true, false)
PRODUCT(product_tn_double, double, false, true)
PRODUCT(product_tt_double, double, false, false)

// z[e] = parts[0, e] + parts[1, e] + ..., one thread per element, in the order of the parts.
struct PartsArgs {
    Long length;
    int parts;
    const void* x;
    void* z;
};

template <class T> DEVICE void sumParts(const PartsArgs& a) {
    Long element = (Long)BX * THREADS + TX;
    if (element >= a.length) return;
    double sum = 0;
    for (int p = 0; p < a.parts; p++) sum += double(((const T*)a.x)[p * a.length + element]);
    ((T*)a.z)[element] = T(sum);
}
KERNEL(sum_parts_float, PartsArgs) { sumParts<float>(args); }
KERNEL(sum_parts_double, PartsArgs) { sumParts<double>(args); }
