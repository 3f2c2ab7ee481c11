// Losses of outputs [n, size] against labels, and the derivatives with respect to the outputs, a thread a row, in double.
#include "dialect.h"

enum Loss { SOFTMAX_CROSS_ENTROPY, SIGMOID_CROSS_ENTROPY, LOG_LIKELIHOOD, SQUARED_ERROR, ABSOLUTE_ERROR };

struct LossArgs {
    int rows, size, loss;
    const void *outputs, *tangent;
    const double *labels, *weights;  // weights may be null, for ones
    void* z;                         // terms: DOUBLE [rows]; otherwise as outputs
    double scale, parameter;
    Long outputsPoint, tangentPoint, zPoint;
};

DEVICE double weight(const LossArgs& a, Long entry) { return a.weights ? a.weights[entry] : 1.0; }

DEVICE double entryValue(int loss, double a, double y, double c) {
    switch (loss) {
        case SIGMOID_CROSS_ENTROPY: return (a > 0 ? a : 0) - a * y + log1p_(exp_(a > 0 ? -a : a));
        case LOG_LIKELIHOOD: return y == 0 ? 0 : -y * log_(a);
        case SQUARED_ERROR: return c * (a - y) * (a - y);
        default: return c * (a > y ? a - y : y - a);
    }
}

DEVICE double entrySlope(int loss, double a, double y, double c) {
    switch (loss) {
        case SIGMOID_CROSS_ENTROPY: return sigmoid_(a) - y;
        case LOG_LIKELIHOOD: return y == 0 ? 0 : -y / a;
        case SQUARED_ERROR: return 2 * c * (a - y);
        default: return a > y ? c : a < y ? -c : 0;
    }
}

DEVICE double entryBend(int loss, double a, double y, double c) {
    switch (loss) {
        case SIGMOID_CROSS_ENTROPY: return sigmoid_(a) * sigmoid_(-a);
        case LOG_LIKELIHOOD: return y == 0 ? 0 : y / (a * a);
        case SQUARED_ERROR: return 2 * c;
        default: return 0;
    }
}

template <class T> DEVICE double logSumExp(const T* row, int size) {
    double largest = double(row[0]);
    for (int i = 1; i < size; i++) largest = double(row[i]) > largest ? double(row[i]) : largest;
    double sum = 0;
    for (int i = 0; i < size; i++) sum += exp_(double(row[i]) - largest);
    return largest + log_(sum);
}

DEVICE double totalWeight(const LossArgs& a, Long first) {
    double total = 0;
    for (int i = 0; i < a.size; i++) total += weight(a, first + i) * a.labels[first + i];
    return total;
}

template <class T> DEVICE void terms(const LossArgs& a) {
    int row = BX * THREADS + TX;
    if (row >= a.rows) return;
    Long first = (Long)row * a.size;
    const T* out = (const T*)a.outputs + BZ * a.outputsPoint + first;
    bool softmax = a.loss == SOFTMAX_CROSS_ENTROPY;
    double normalizer = softmax ? logSumExp(out, a.size) : 0, sum = 0;
    for (int i = 0; i < a.size; i++) {
        double w = weight(a, first + i), y = a.labels[first + i], o = double(out[i]);
        // An entry that does not count may be infinite.
        if (softmax) {
            sum += w * y == 0 ? 0 : w * y * (normalizer - o);
        } else {
            sum += w == 0 ? 0 : w * entryValue(a.loss, o, y, a.parameter);
        }
    }
    ((double*)a.z)[BZ * a.zPoint + row] = a.scale * sum;
}

template <class T> DEVICE void lossSlope(const LossArgs& a) {
    int row = BX * THREADS + TX;
    if (row >= a.rows) return;
    Long first = (Long)row * a.size;
    const T* out = (const T*)a.outputs + BZ * a.outputsPoint + first;
    T* z = (T*)a.z + BZ * a.zPoint + first;
    bool softmax = a.loss == SOFTMAX_CROSS_ENTROPY;
    double normalizer = softmax ? logSumExp(out, a.size) : 0, total = softmax ? totalWeight(a, first) : 0;
    for (int i = 0; i < a.size; i++) {
        double w = weight(a, first + i), y = a.labels[first + i], o = double(out[i]);
        double d = softmax ? total * exp_(o - normalizer) - w * y : w == 0 ? 0 : w * entrySlope(a.loss, o, y, a.parameter);
        z[i] = T(a.scale * d);
    }
}

template <class T> DEVICE void lossBend(const LossArgs& a) {
    int row = BX * THREADS + TX;
    if (row >= a.rows) return;
    Long first = (Long)row * a.size;
    const T* out = (const T*)a.outputs + BZ * a.outputsPoint + first;
    const T* t = (const T*)a.tangent + BZ * a.tangentPoint + first;
    T* z = (T*)a.z + BZ * a.zPoint + first;
    if (a.loss == SOFTMAX_CROSS_ENTROPY) {
        double normalizer = logSumExp(out, a.size), total = totalWeight(a, first), mean = 0;
        for (int i = 0; i < a.size; i++) mean += exp_(double(out[i]) - normalizer) * double(t[i]);
        for (int i = 0; i < a.size; i++)
            z[i] = T(a.scale * total * exp_(double(out[i]) - normalizer) * (double(t[i]) - mean));
    } else {
        for (int i = 0; i < a.size; i++) {
            double w = weight(a, first + i), y = a.labels[first + i];
            z[i] = T(w == 0 ? 0 : a.scale * w * entryBend(a.loss, double(out[i]), y, a.parameter) * double(t[i]));
        }
    }
}

// Correct predictions of a row, each with its mask's weight: by the largest entry, or entry by entry by a threshold.
struct CorrectArgs {
    int rows, size, byThreshold;
    const void* outputs;
    const double *labels, *mask;  // mask may be null
    double* z;                    // [rows]
    double threshold;
    Long outputsPoint, zPoint;
};

template <class T> DEVICE void correct(const CorrectArgs& a) {
    int row = BX * THREADS + TX;
    if (row >= a.rows) return;
    Long first = (Long)row * a.size;
    const T* out = (const T*)a.outputs + BZ * a.outputsPoint + first;
    double sum = 0;
    if (a.byThreshold) {
        for (int i = 0; i < a.size; i++)
            if ((double(out[i]) > a.threshold) == (a.labels[first + i] > 0.5)) sum += a.mask ? a.mask[first + i] : 1;
    } else {
        int predicted = 0, labelled = 0;
        double mask = a.mask ? a.mask[first] : 1;
        for (int i = 1; i < a.size; i++) {
            if (out[i] > out[predicted]) predicted = i;
            if (a.labels[first + i] > a.labels[first + labelled]) labelled = i;
            if (a.mask && a.mask[first + i] > mask) mask = a.mask[first + i];
        }
        if (predicted == labelled) sum = mask;
    }
    a.z[BZ * a.zPoint + row] = sum;
}

#define LOSSES(T)                                             \
    KERNEL(loss_terms_##T, LossArgs) { terms<T>(args); }      \
    KERNEL(loss_slope_##T, LossArgs) { lossSlope<T>(args); }  \
    KERNEL(loss_bend_##T, LossArgs) { lossBend<T>(args); }    \
    KERNEL(correct_##T, CorrectArgs) { correct<T>(args); }
LOSSES(float)
LOSSES(double)
