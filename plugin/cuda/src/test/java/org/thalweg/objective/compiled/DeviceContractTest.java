package org.thalweg.objective.compiled;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;
import org.thalweg.cuda.OnTwin;

/** The contract of compiled networks, on a GPU. */
@ExtendWith(OnTwin.class)
class DeviceContractTest {

    @Nested
    class Recurrent extends RecurrentContractTest {}

    @Nested
    class Sequences extends SequenceFixtureTest {}

    @Nested
    class Tied extends TiedWeightsTest {}

    @Nested
    class Parts extends ObjectivePartsTest {}

    @Nested
    class GaussNewton extends GaussNewtonTest {}

    @Nested
    class Attention extends AttentionContractTest {}

    @Nested
    class Budget extends MemoryBudgetTest {}
}
