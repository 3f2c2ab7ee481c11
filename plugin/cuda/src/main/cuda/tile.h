// A block's tile of a product C = A B, for matrices that are read through functors: plain, transposed, or images whose
// windows are the rows.
#pragma once
#include "dialect.h"

// Division by a constant of the launch, as a multiplication (T. Granlund and P. L. Montgomery, "Division by invariant
// integers using multiplication", 1994, figure 4.1). Right for 0 <= n < 2^31.
struct Divisor {
    int by;
    unsigned factor;
    int shift;
};

DEVICE int quotient(int n, const Divisor& d) {
    unsigned high = unsigned((unsigned long long)(unsigned)n * d.factor >> 32);
    return int((high + unsigned(n)) >> d.shift);
}

// Rows and columns of a tile, and the number of products between barriers. 256 threads: 16 x 16, each with ROWS / 16 x
// COLUMNS / 16 results in registers.
template <class T> struct Tile;
template <> struct Tile<float> {
    static const int ROWS = 128, COLUMNS = 64, DEPTH = 16;
};
template <> struct Tile<double> {
    static const int ROWS = 64, COLUMNS = 64, DEPTH = 8;
};

#define TILE_SHARED(T)                                              \
    SHARED(T, sharedA, (Tile<T>::DEPTH * (Tile<T>::ROWS + 4)));     \
    SHARED(T, sharedB, (Tile<T>::DEPTH * (Tile<T>::COLUMNS + 4)));

// Adds A[row0 .., from .. to) B[from .. to, column0 ..) to a thread's results. A(m, k) and B(k, n) give 0 outside the
// matrices. The products of an element are added in the order of k for any tiles. A thread whose results all lie outside
// only loads.
template <class T, class A, class B>
DEVICE void addProducts(const A& a, const B& b, int row0, int column0, int rows, int columns, int from, int to,
                        T* sharedA, T* sharedB,
                        T (&sum)[Tile<T>::ROWS / 16][Tile<T>::COLUMNS / 16]) {
    const int R = Tile<T>::ROWS, C = Tile<T>::COLUMNS, D = Tile<T>::DEPTH, PR = R + 4, PC = C + 4;
    const int RT = R / 16, CT = C / 16;
    const int row = TX / 16 * RT, column = TX % 16 * CT;
    const bool inside = row0 + row < rows && column0 + column < columns;
    for (int k0 = from; k0 < to; k0 += D) {
        if (A::ROWS_NEIGHBOUR) {
#pragma unroll
            for (int q = 0; q < R * D / 256; q++) {
                int e = TX + q * 256;
                int k = k0 + e / R;
                sharedA[e / R * PR + e % R] = k < to ? a(row0 + e % R, k) : T(0);
            }
        } else {
#pragma unroll
            for (int q = 0; q < R * D / 256; q++) {
                int e = TX + q * 256;
                int k = k0 + e % D;
                sharedA[e % D * PR + e / D] = k < to ? a(row0 + e / D, k) : T(0);
            }
        }
        if (B::COLUMNS_NEIGHBOUR) {
#pragma unroll
            for (int q = 0; q < C * D / 256; q++) {
                int e = TX + q * 256;
                int k = k0 + e / C;
                sharedB[e / C * PC + e % C] = k < to ? b(k, column0 + e % C) : T(0);
            }
        } else {
#pragma unroll
            for (int q = 0; q < C * D / 256; q++) {
                int e = TX + q * 256;
                int k = k0 + e % D;
                sharedB[e % D * PC + e / D] = k < to ? b(k, column0 + e / D) : T(0);
            }
        }
        BARRIER;
        if (inside) {
#pragma unroll
            for (int k = 0; k < D; k++) {
                T x[RT], y[CT];
#pragma unroll
                for (int i = 0; i < RT; i++) x[i] = sharedA[k * PR + row + i];
#pragma unroll
                for (int j = 0; j < CT; j++) y[j] = sharedB[k * PC + column + j];
#pragma unroll
                for (int i = 0; i < RT; i++)
#pragma unroll
                    for (int j = 0; j < CT; j++) sum[i][j] = fma_(x[i], y[j], sum[i][j]);
            }
        }
        BARRIER;
    }
}

// All of a block's work: results inside the matrix go to store(m, n, value).
template <class T, class A, class B, class Store>
DEVICE void multiply(const A& a, const B& b, const Store& store, int rows, int columns, int rowTile, int columnTile,
                     int from, int to, T* sharedA, T* sharedB) {
    const int RT = Tile<T>::ROWS / 16, CT = Tile<T>::COLUMNS / 16;
    const int row0 = rowTile * Tile<T>::ROWS, column0 = columnTile * Tile<T>::COLUMNS;
    T sum[RT][CT];
#pragma unroll
    for (int i = 0; i < RT; i++)
#pragma unroll
        for (int j = 0; j < CT; j++) sum[i][j] = T(0);
    addProducts<T>(a, b, row0, column0, rows, columns, from, to, sharedA, sharedB, sum);
#pragma unroll
    for (int i = 0; i < RT; i++)
#pragma unroll
        for (int j = 0; j < CT; j++) {
            int m = row0 + TX / 16 * RT + i, n = column0 + TX % 16 * CT + j;
            if (m < rows && n < columns) store(m, n, sum[i][j]);
        }
}
