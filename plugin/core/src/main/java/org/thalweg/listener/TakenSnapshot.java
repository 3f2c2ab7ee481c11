package org.thalweg.listener;

import org.thalweg.objective.ParameterSnapshot;

/**
 * A snapshot on its way to the worker.
 *
 * @param snapshot owned by whoever holds this
 * @param unconstrained whether it was taken between an update and the weight constraints that follow it
 */
record TakenSnapshot(ParameterSnapshot snapshot, boolean unconstrained) {}
