import { payeeSharedDevice } from './payee-shared-device.ts'
import { ruleTests, toFriend, toStranger } from './scene.fixture.ts'

ruleTests(payeeSharedDevice, {
  thief: { ...toStranger, payee: { id: 'cus_stranger', deviceCustomers: 9 } },
  honest: {
    'somebody who pays a friend': toFriend,
    'somebody who pays somebody from a family with one phone': { payee: { deviceCustomers: 3 } },
  },
})
