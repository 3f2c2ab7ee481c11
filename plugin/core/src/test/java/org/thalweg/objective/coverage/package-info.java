/** What is known of each class of Deeplearning4j, measured for the README's table. */
@NullMarked
package org.thalweg.objective.coverage;

import org.jspecify.annotations.NullMarked;
