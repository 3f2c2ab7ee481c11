// exp, expm1, log, log1p, tanh and powers in both precisions, to a few units in the last place, by arithmetic alone:
// PTX has no mathematical library to link with, and the twin computes the same bits as the GPU.
//
// Reduction and series as in W. J. Cody and W. Waite, "Software Manual for the Elementary Functions" (1980): a constant
// in two parts reduces the argument to the neighbourhood of 0, and a Taylor polynomial does the rest.
#pragma once

DEVICE float infinity_(float) { return __builtin_inff(); }
DEVICE double infinity_(double) { return __builtin_inf(); }

DEVICE float bits_(unsigned b) {
    union { unsigned u; float f; } v;
    v.u = b;
    return v.f;
}
DEVICE double bits_(unsigned long long b) {
    union { unsigned long long u; double f; } v;
    v.u = b;
    return v.f;
}
DEVICE unsigned bitsOf_(float x) {
    union { unsigned u; float f; } v;
    v.f = x;
    return v.u;
}
DEVICE unsigned long long bitsOf_(double x) {
    union { unsigned long long u; double f; } v;
    v.f = x;
    return v.u;
}

// x 2^n in two steps, so that subnormal and very large results are right.
DEVICE float scaled_(float x, int n) {
    int half = n / 2;
    return x * bits_(unsigned(half + 127) << 23) * bits_(unsigned(n - half + 127) << 23);
}
DEVICE double scaled_(double x, int n) {
    int half = n / 2;
    return x * bits_((unsigned long long)(half + 1023) << 52) * bits_((unsigned long long)(n - half + 1023) << 52);
}

// The sum of r^k / k! for k = 1 .. terms, by Horner's rule; the loop is unrolled.
template <int terms, class T> DEVICE T expSeries_(T r) {
    T sum = T(1);
#pragma unroll
    for (int k = terms; k >= 2; k--) sum = fma_(sum, r / T(k), T(1));
    return sum * r;
}

DEVICE float exp_(float x) {
    if (x != x) return x;
    if (x > 88.8f) return infinity_(x);
    if (x < -104.f) return 0.f;
    float n = __builtin_rintf(x * 1.44269504f);
    float r = fma_(n, -0.693359375f, x);
    r = fma_(n, 2.12194440e-4f, r);
    return scaled_(1.f + expSeries_<8>(r), int(n));
}
DEVICE double exp_(double x) {
    if (x != x) return x;
    if (x > 709.8) return infinity_(x);
    if (x < -745.2) return 0.;
    double n = __builtin_rint(x * 1.4426950408889634);
    double r = fma_(n, -0.69314718036912382, x);
    r = fma_(n, -1.9082149292705877e-10, r);
    return scaled_(1. + expSeries_<14>(r), int(n));
}

DEVICE float expm1_(float x) { return x > -0.35f && x < 0.35f ? expSeries_<8>(x) : exp_(x) - 1.f; }
DEVICE double expm1_(double x) { return x > -0.35 && x < 0.35 ? expSeries_<15>(x) : exp_(x) - 1.; }

// 2 artanh(s) = 2 s (1 + s^2/3 + s^4/5 + ...), without the leading 2 s: the sum of s^2k / (2k + 1) for k = 1 .. terms.
template <int terms, class T> DEVICE T artanhTail_(T s2) {
    T sum = T(0);
#pragma unroll
    for (int k = terms; k >= 1; k--) sum = fma_(sum, s2, T(1) / T(2 * k + 1));
    return sum * s2;
}

DEVICE float log_(float x) {
    if (!(x > 0.f)) return x == 0.f ? -infinity_(x) : bits_(0x7fc00000u);
    if (x == infinity_(x)) return x;
    int e = 0;
    if (x < 1.17549435e-38f) {
        x *= 16777216.f;
        e = -24;
    }
    unsigned b = bitsOf_(x);
    e += int(b >> 23) - 127;
    float m = bits_((b & 0x7fffffu) | 0x3f800000u);
    if (m > 1.41421356f) {
        m *= 0.5f;
        e++;
    }
    float f = m - 1.f, s = f / (m + 1.f), n = float(e);
    // log m = f - s (f - 2 artanhTail): f is exact, so little precision is lost near 1.
    float tail = 2.f * artanhTail_<5>(s * s);
    return fma_(n, 0.693359375f, f - (s * (f - tail) - n * -2.12194440e-4f));
}
DEVICE double log_(double x) {
    if (!(x > 0.)) return x == 0. ? -infinity_(x) : bits_(0x7ff8000000000000ull);
    if (x == infinity_(x)) return x;
    int e = 0;
    if (x < 2.2250738585072014e-308) {
        x *= 18014398509481984.;
        e = -54;
    }
    unsigned long long b = bitsOf_(x);
    e += int(b >> 52) - 1023;
    double m = bits_((b & 0xfffffffffffffull) | 0x3ff0000000000000ull);
    if (m > 1.4142135623730951) {
        m *= 0.5;
        e++;
    }
    double f = m - 1., s = f / (m + 1.), n = double(e);
    double tail = 2. * artanhTail_<12>(s * s);
    return fma_(n, 0.69314718036912382, f - (s * (f - tail) - n * 1.9082149292705877e-10));
}

// log(1 + x), corrected for the rounding of 1 + x (D. Goldberg, "What every computer scientist should know about
// floating-point arithmetic", 1991, theorem 4).
template <class T> DEVICE T log1p_(T x) {
    T u = T(1) + x;
    return u == T(1) ? x : log_(u) * (x / (u - T(1)));
}

template <class T> DEVICE T tanh_(T x) {
    T a = x < T(0) ? -x : x;
    if (a > T(20)) return x < T(0) ? T(-1) : T(1);
    T e = expm1_(T(2) * a);
    T t = e / (e + T(2));
    return x < T(0) ? -t : x == T(0) ? x : t;
}

template <class T> DEVICE T sigmoid_(T x) {
    if (x >= T(0)) return T(1) / (T(1) + exp_(-x));
    T e = exp_(x);
    return e / (T(1) + e);
}

// log(1 + exp(x)).
template <class T> DEVICE T softplus_(T x) { return x > T(0) ? x + log1p_(exp_(-x)) : log1p_(exp_(x)); }

// sin and cos on [-pi/4, pi/4], by their series.
template <int terms, class T> DEVICE T sinSeries_(T r) {
    T sum = T(1), r2 = r * r;
#pragma unroll
    for (int k = terms; k >= 1; k--) sum = T(1) - r2 / T(2 * k * (2 * k + 1)) * sum;
    return r * sum;
}
template <int terms, class T> DEVICE T cosSeries_(T r) {
    T sum = T(1), r2 = r * r;
#pragma unroll
    for (int k = terms; k >= 1; k--) sum = T(1) - r2 / T((2 * k - 1) * 2 * k) * sum;
    return sum;
}

// Arguments are reduced with pi/2 in three parts, which is exact enough for |x| < 1e5.
template <class T> DEVICE T sinOfQuarter_(T r, int quarter) {
    T value = quarter & 1 ? cosSeries_<9>(r) : sinSeries_<9>(r);
    return quarter & 2 ? -value : value;
}
DEVICE float quarters_(float x, int& n) {
    float q = __builtin_rintf(x * 0.636619772f);
    n = int(q);
    float r = fma_(q, -1.5703125f, x);
    r = fma_(q, -4.837512969970703125e-4f, r);
    return fma_(q, -7.549789948768648e-8f, r);
}
DEVICE double quarters_(double x, int& n) {
    double q = __builtin_rint(x * 0.63661977236758138);
    n = int(q);
    double r = fma_(q, -1.57079632673412561417e+00, x);
    r = fma_(q, -6.07710050630396597660e-11, r);
    return fma_(q, -2.02226624879595063154e-21, r);
}
template <class T> DEVICE T sin_(T x) {
    int n;
    T r = quarters_(x, n);
    return sinOfQuarter_(r, n);
}
template <class T> DEVICE T cos_(T x) {
    int n;
    T r = quarters_(x, n);
    return sinOfQuarter_(r, n + 1);
}

// x^p for x >= 0.
template <class T> DEVICE T power_(T x, T p) { return x == T(0) ? (p == T(0) ? T(1) : T(0)) : exp_(p * log_(x)); }
