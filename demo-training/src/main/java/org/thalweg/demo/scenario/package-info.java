/** The scenarios: one class each, found through {@code META-INF/services}. */
@NullMarked
package org.thalweg.demo.scenario;

import org.jspecify.annotations.NullMarked;
