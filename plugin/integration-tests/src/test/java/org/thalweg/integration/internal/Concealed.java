package org.thalweg.integration.internal;

/** Stands for a type that users cannot name. */
public interface Concealed {}
