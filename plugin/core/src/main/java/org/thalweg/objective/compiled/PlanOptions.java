package org.thalweg.objective.compiled;

import org.thalweg.objective.compiled.spi.ElementType;

/**
 * How a plan is made.
 *
 * @param type of numbers
 * @param seed of random draws
 * @param batching how the probe is cut and what is kept
 */
record PlanOptions(ElementType type, long seed, Batching batching) {}
