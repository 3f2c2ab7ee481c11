/** What can be trained: one class a scenario, found through {@code META-INF/services}. */
@NullMarked
package org.thalweg.demo.scenario;

import org.jspecify.annotations.NullMarked;
