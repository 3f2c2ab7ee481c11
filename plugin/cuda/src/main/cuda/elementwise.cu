// One result per element, from up to three strided, possibly broadcast operands.
#include "dialect.h"

const int AXES = 6;

// Operands of an element-wise launch: one thread per result, in row-major order of z's shape.
struct ElementwiseArgs {
    Long length;
    int axes;
    int shape[AXES];
    Long xStride[AXES], yStride[AXES], zStride[AXES];
    const void *x, *y;
    void* z;
    Long xPoint, yPoint, zPoint;  // distance between the elements of consecutive points, 0 if shared
    double real;
    int code;
};

enum Arithmetic { COPY, FILL, ADD, SUBTRACT, MULTIPLY, DIVIDE, MAXIMUM, SCALE, SHIFT };

enum Function {
    RELU, LEAKY_RELU, ELU, SELU, HARD_SIGMOID, TANH, SIGMOID, SOFTPLUS, SWISH, GELU, EXP, LOG, SQRT, RECIPROCAL_SQRT,
    RECIPROCAL, SIN, COS, ABS, SIGN, STEP
};

const double SELU_SCALE = 1.0507009873554805, SELU_ALPHA = 1.6732632423543772, GELU_GATE = 1.702;

struct Places {
    Long x, y, z;
};

DEVICE Places places(const ElementwiseArgs& a, Long element) {
    Places p = {BZ * a.xPoint, BZ * a.yPoint, BZ * a.zPoint};
#pragma unroll
    for (int axis = AXES - 1; axis >= 0; axis--) {
        if (axis < a.axes) {
            Long rest = element / a.shape[axis];
            int i = int(element - rest * a.shape[axis]);
            p.x += i * a.xStride[axis];
            p.y += i * a.yStride[axis];
            p.z += i * a.zStride[axis];
            element = rest;
        }
    }
    return p;
}

template <class T> DEVICE T arithmetic(int code, T x, T y, T real) {
    switch (code) {
        case COPY: return x;
        case FILL: return real;
        case ADD: return x + y;
        case SUBTRACT: return x - y;
        case MULTIPLY: return x * y;
        case DIVIDE: return x / y;
        case MAXIMUM: return x > y || x != x ? x : y;
        case SCALE: return real * x;
        default: return x + real;
    }
}

// ND4J has the constants of two functions in single precision for all types, and networks train on these functions.
const float HARD_SIGMOID_SLOPE = 0.2f, GELU_GATE_OF_VALUES = 1.702f;

template <class T> DEVICE T value(int code, T x, T real) {
    switch (code) {
        case RELU: return x > T(0) ? x : x != x ? x : T(0);
        case LEAKY_RELU: return x >= T(0) ? x : real * x;
        case ELU: return x > T(0) ? x : real * expm1_(x);
        case SELU: return T(SELU_SCALE) * (x > T(0) ? x : T(SELU_ALPHA) * expm1_(x));
        case HARD_SIGMOID: {
            T y = fma_(T(HARD_SIGMOID_SLOPE), x, T(0.5));
            return y < T(0) ? T(0) : y > T(1) ? T(1) : y;
        }
        case TANH: return tanh_(x);
        case SIGMOID: return sigmoid_(x);
        case SOFTPLUS: return softplus_(x);
        case SWISH: return x * sigmoid_(x);
        case GELU: return x * sigmoid_(T(GELU_GATE_OF_VALUES) * x);
        case EXP: return exp_(x);
        case LOG: return log_(x);
        case SQRT: return sqrt_(x);
        case RECIPROCAL_SQRT: return T(1) / sqrt_(x);
        case RECIPROCAL: return T(1) / x;
        case SIN: return sin_(x);
        case COS: return cos_(x);
        case ABS: return x < T(0) ? -x : x;
        case SIGN: return x > T(0) ? T(1) : x < T(0) ? T(-1) : x;
        default: return x > T(0) ? T(1) : T(0);
    }
}

// f'(x) with y = f(x).
template <class T> DEVICE T slope(int code, T x, T y, T real) {
    switch (code) {
        case RELU: return x > T(0) ? T(1) : T(0);
        case LEAKY_RELU: return x >= T(0) ? T(1) : real;
        case ELU: return x > T(0) ? T(1) : real * exp_(x);
        case SELU: return T(SELU_SCALE) * (x > T(0) ? T(1) : T(SELU_ALPHA) * exp_(x));
        case HARD_SIGMOID: return x > T(-2.5) && x < T(2.5) ? T(0.2) : T(0);
        case TANH: return T(1) - y * y;
        case SIGMOID: return y * (T(1) - y);
        case SOFTPLUS: return sigmoid_(x);
        default: {
            T k = code == GELU ? T(GELU_GATE) : T(1), g = sigmoid_(k * x);
            return g + k * x * g * (T(1) - g);
        }
    }
}

// f''(x) with y = f(x).
template <class T> DEVICE T secondDerivative(int code, T x, T y, T real) {
    switch (code) {
        case ELU: return x > T(0) ? T(0) : real * exp_(x);
        case SELU: return x > T(0) ? T(0) : T(SELU_SCALE * SELU_ALPHA) * exp_(x);
        case TANH: return T(2) * y * (y * y - T(1));
        case SIGMOID: return y * (T(1) - y) * (T(1) - T(2) * y);
        case SOFTPLUS: {
            T g = sigmoid_(x);
            return g * (T(1) - g);
        }
        case SWISH:
        case GELU: {
            T k = code == GELU ? T(GELU_GATE) : T(1), g = sigmoid_(k * x);
            return k * g * (T(1) - g) * (T(2) + k * x * (T(1) - T(2) * g));
        }
        default: return T(0);
    }
}

#define ELEMENTWISE(name, T, X, Y, result)                          \
    KERNEL(name, ElementwiseArgs) {                                 \
        Long element = (Long)BX * THREADS + TX;                     \
        if (element < args.length) {                                \
            Places at = places(args, element);                      \
            X;                                                      \
            Y;                                                      \
            T real = T(args.real);                                  \
            ((T*)args.z)[at.z] = result;                            \
        }                                                           \
    }

#define READ_X(T) T x = args.x ? ((const T*)args.x)[at.x] : T(0)
#define READ_Y(T) T y = args.y ? ((const T*)args.y)[at.y] : T(0)

#define ELEMENTWISE_OF(T)                                                                           \
    ELEMENTWISE(arithmetic_##T, T, READ_X(T), READ_Y(T), arithmetic<T>(args.code, x, y, real))      \
    ELEMENTWISE(function_##T, T, READ_X(T), , value<T>(args.code, x, real))                         \
    ELEMENTWISE(function_slope_##T, T, READ_X(T), READ_Y(T), slope<T>(args.code, x, y, real))       \
    ELEMENTWISE(function_second_derivative_##T, T, READ_X(T), READ_Y(T), secondDerivative<T>(args.code, x, y, real))

ELEMENTWISE_OF(float)
ELEMENTWISE_OF(double)

// z[k] = x[places[k]], one thread per element; rows of a matrix if width is more than 1.
struct GatherArgs {
    Long length;
    int width;
    Long xRow, xColumn, zRow, zColumn;
    const void* x;
    const int* places;
    void* z;
    Long xPoint, placesPoint, zPoint;
};

template <class T> DEVICE void gather(const GatherArgs& a) {
    Long element = (Long)BX * THREADS + TX;
    if (element < a.length) {
        Long row = element / a.width, column = element - row * a.width;
        Long from = a.places[BZ * a.placesPoint + row] * a.xRow + column * a.xColumn;
        ((T*)a.z)[BZ * a.zPoint + row * a.zRow + column * a.zColumn] = ((const T*)a.x)[BZ * a.xPoint + from];
    }
}
KERNEL(gather_float, GatherArgs) { gather<float>(args); }
KERNEL(gather_double, GatherArgs) { gather<double>(args); }

// z[r] = x[order[starts[r]]] + ... + x[order[starts[r + 1] - 1]], rows of matrices, in the order of order: the adjoint of
// gathering rows. One thread per element of z, which no other thread adds to.
struct ScatterArgs {
    Long length;
    int width;
    Long xRow, xColumn, zRow, zColumn;
    const void* x;
    const int *starts, *order;
    void* z;
};

template <class T> DEVICE void scatter(const ScatterArgs& a) {
    Long element = (Long)BX * THREADS + TX;
    if (element >= a.length) return;
    Long row = element / a.width, column = element - row * a.width;
    const T* x = (const T*)a.x + column * a.xColumn;
    double sum = 0;
    // The additions of a frequent row wait for each other, but its loads need not.
#pragma unroll 8
    for (int k = a.starts[row], end = a.starts[row + 1]; k < end; k++) sum += double(x[a.order[k] * a.xRow]);
    ((T*)a.z)[row * a.zRow + column * a.zColumn] = T(sum);
}
KERNEL(scatter_float, ScatterArgs) { scatter<float>(args); }
KERNEL(scatter_double, ScatterArgs) { scatter<double>(args); }

// Filters [height, width, in, out] in another order: 0 rotated with their channels exchanged, 1 from rows of outputs, 2
// from rows of inputs of rotated filters.
struct FilterArgs {
    int height, width, in, out, order;
    const void* x;
    void* z;
    Long xPoint, zPoint;
};

template <class T> DEVICE void rearrange(const FilterArgs& a) {
    int element = BX * THREADS + TX;
    int taps = a.height * a.width;
    if (element >= taps * a.in * a.out) return;
    int last = a.order == 0 ? a.in : a.out, before = a.order == 0 ? a.out : a.in;
    int c = element % last, b = element / last % before, tap = element / last / before;
    int from;
    if (a.order == 0) {
        from = ((taps - 1 - tap) * a.in + c) * a.out + b;
    } else if (a.order == 1) {
        from = (c * taps + tap) * a.in + b;
    } else {
        from = (b * taps + (taps - 1 - tap)) * a.out + c;
    }
    ((T*)a.z)[BZ * a.zPoint + element] = ((const T*)a.x)[BZ * a.xPoint + from];
}
KERNEL(rearrange_filters_float, FilterArgs) { rearrange<float>(args); }
KERNEL(rearrange_filters_double, FilterArgs) { rearrange<double>(args); }
