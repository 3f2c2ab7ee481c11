package org.thalweg.krylov;

import java.time.Duration;

/** A question, how it is answered, and what that may cost, for tests that vary one of them at a time. */
record LanczosRun(EigenvalueQuery query, Lanczos lanczos, KrylovBudget budget) {

    /** Five eigenvalues of each end, with vectors. */
    static final LanczosRun DEFAULT =
            new LanczosRun(EigenvalueQuery.ofEachEnd(5).withEigenvectors(true), Lanczos.DEFAULT, KrylovBudget.DEFAULT);

    LanczosRun withEnds(int largest, int smallest) {
        return new LanczosRun(new EigenvalueQuery(largest, smallest, query.eigenvectors()), lanczos, budget);
    }

    LanczosRun withoutVectors() {
        return new LanczosRun(query.withEigenvectors(false), lanczos, budget);
    }

    LanczosRun withBasisSize(int basisSize) {
        return new LanczosRun(query, lanczos.withBasisSize(basisSize), budget);
    }

    LanczosRun withTolerance(double tolerance, ToleranceRule rule) {
        return new LanczosRun(query, lanczos.withTolerance(tolerance, rule), budget);
    }

    LanczosRun withSeed(long seed) {
        return new LanczosRun(query, lanczos.withSeed(seed), budget);
    }

    LanczosRun withProducts(int products) {
        return new LanczosRun(query, lanczos, budget.withProducts(products));
    }

    LanczosRun withMemory(long memory) {
        return new LanczosRun(query, lanczos, budget.withMemory(memory));
    }

    LanczosRun withTime(Duration time) {
        return new LanczosRun(query, lanczos, budget.withTime(time));
    }

    LanczosResult on(LinearOperator operator) {
        return lanczos.run(operator, query, budget);
    }
}
