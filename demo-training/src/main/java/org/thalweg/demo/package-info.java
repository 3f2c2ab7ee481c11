/** Scenarios that train real networks with Thalweg attached, and the command line that starts them. */
@NullMarked
package org.thalweg.demo;

import org.jspecify.annotations.NullMarked;
