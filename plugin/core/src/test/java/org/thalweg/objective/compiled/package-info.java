@NullMarked
package org.thalweg.objective.compiled;

import org.jspecify.annotations.NullMarked;
